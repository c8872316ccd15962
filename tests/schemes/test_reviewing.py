"""From the draw to revealed scores: seats, recusal, replacement, seals and the extra reviewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from fuhua.desk.models import Clock, Notice
from fuhua.evidence.actions import documents
from fuhua.evidence.actions.reactions import follow
from fuhua.evidence.actions.sequence import catch_up
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import ties
from fuhua.schemes.actions import barring, panels, reviews
from fuhua.schemes.actions.panels import BadPanel
from fuhua.schemes.actions.reviews import BadReview
from fuhua.schemes.kinds.draw_record import faults, read
from fuhua.schemes.kinds.drawing import BadDraw
from fuhua.schemes.models import Barred, Review, Seat
from fuhua.schemes.queries.affinity import affinity, fields_of
from schemes.rounds import Round, page


def test_the_draw_gives_every_application_its_experts_and_tells_them(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=4, experts=8)
    draw = one.draw()
    assert one.state(one.call) == "reviewing"
    assert {one.state(each) for each in one.applications} == {"in_review"}
    for each in one.applications:
        assert len(one.reviews(each)) == 3
        assert any(review.seat.senior for review in one.reviews(each))
    asked = set(Review.objects.values_list("seat__person", flat=True))
    assert {each.to_id for each in Notice.objects.filter(about=one.call.urn, kind="part")} == asked
    assert {each.to_id for each in Clock.objects.filter(about=one.call.urn)} == asked
    assert draw.proved


def test_the_record_of_the_draw_holds_no_name_and_all_that_checking_needs(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=4, experts=8)
    draw = one.draw()
    with documents.open_document(draw.certificate) as file:
        told = file.read()
    assert read(told).seal == one.call.seal
    assert faults(read(told)) == []
    assert b"urn" not in told


def test_a_seed_that_was_not_sealed_draws_nothing(round_of: Callable[..., Round]) -> None:
    one = round_of(seed="another seed")
    with pytest.raises(BadPanel, match="sealed"):
        one.draw()


def test_too_few_experts_are_said_before_anything_is_drawn(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=5, experts=3, load=4)
    with pytest.raises(BadDraw, match="15 reviews"):
        one.draw()
    assert one.state(one.call) == "closed"


def test_a_call_that_is_still_open_is_not_drawn(round_of: Callable[..., Round]) -> None:
    with pytest.raises(WrongState):
        round_of(state="open").draw()


def test_conflicts_are_closed_before_the_draw_for_experts_and_officers(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=3, experts=6)
    one.tie("mentors", (one.experts[0], one.applicants[0]))
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    barred = {(each.person_id, each.application_id, each.why) for each in Barred.objects.all()}
    assert barred == {(one.experts[0].pk, one.applications[0].pk, "mentoring"), (one.officer.pk, one.applications[1].pk, "kinship")}
    assert one.experts[0].pk not in {each.seat.person_id for each in one.reviews(one.applications[0])}
    assert barring.close_conflicts(call=one.call, **one.told) == 0


def test_a_mentor_who_invests_is_out_from_that_second_and_as_few_as_possible_move(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=4, experts=8)
    one.draw()
    before = {(each.seat_id, each.application_id) for each in Review.objects.filter(state="asked")}
    review = one.reviews(one.applications[0])[0]
    mentor = review.seat.person
    client = one.client(mentor)
    assert client.get(page("review", review)).status_code == 200
    ties.attest(kind="invests", source=mentor, target=one.applicants[0], by=one.officer.urn, at=one.at)
    catch_up(at=one.at)
    follow(at=one.at)
    for verb in ("review", "review_score", "review_recuse"):
        url = page(verb, review)
        assert (client.get(url) if verb == "review" else client.post(url, {})).status_code == 404
    assert one.applications[0].title not in client.get("/schemes/reviews/").content.decode()
    after = {(each.seat_id, each.application_id) for each in Review.objects.filter(state="asked")}
    assert before - after == {(review.seat_id, review.application_id)}
    assert len(after) == len(before)


def test_an_expert_declares_a_conflict_and_another_takes_the_review(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=2, experts=5)
    one.draw()
    review = one.reviews(one.applications[0])[0]
    reviews.recuse(review=review, why="本人参与过该项目咨询", by=review.seat.person.urn, at=one.at)
    assert one.state(review) == "recused"
    assert len(one.reviews(one.applications[0])) == 3
    assert Barred.objects.get(person=review.seat.person).declared == "本人参与过该项目咨询"


def test_when_nobody_is_left_the_application_waits_and_a_new_seat_fills_it(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=1, experts=3)
    one.draw()
    review = one.reviews(one.applications[0])[0]
    reviews.recuse(review=review, why="有合作关系", by=review.seat.person.urn, at=one.at)
    assert len(one.reviews(one.applications[0])) == 2
    for each in one.reviews(one.applications[0]):
        one.score(each, 80)
    assert not Review.objects.filter(revealed_at__isnull=False).exists()
    newcomer = one.parties("person", "新专家", 1)[0]
    panels.seat(call=one.call, person=newcomer, most=3, senior=True, **one.told)
    assert newcomer.pk in {each.seat.person_id for each in one.reviews(one.applications[0])}


def test_who_leaves_keeps_what_was_handed_in_and_gives_up_the_rest(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=2, experts=4)
    one.draw()
    seat = next(each for each in one.seats if Review.objects.filter(seat=each, state="asked").count() == 2)
    done, left = Review.objects.filter(seat=seat, state="asked").order_by("pk")
    one.score(done, 70)
    panels.unseat(seat=seat, **one.told)
    assert (one.state(done), one.state(left)) == ("scored", "dropped")
    assert len(one.reviews(left.application)) == 3
    with pytest.raises(BadPanel):
        panels.unseat(seat=seat, **one.told)


def test_scores_are_sealed_until_all_are_in_then_revealed_together(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=1, experts=4)
    one.draw()
    first, second, third = one.reviews(one.applications[0])
    officer = one.client(one.officer)
    one.score(first, 81)
    one.score(second, 83)
    for name, row in (("ranking", one.call), ("panel", one.call), ("decision", one.applications[0]), ("pack", one.call)):
        answer = officer.get(page(name, row))
        assert answer.status_code == 200
        if not answer.streaming:
            assert not {"81", "83", "82.00", "81.00"} & set(answer.content.decode().replace("<", " ").replace(">", " ").split())
            assert "分的理由" not in answer.content.decode()
    assert one.client(second.seat.person).get(page("review", first)).status_code == 404
    one.score(third, 85)
    assert Review.objects.filter(revealed_at=one.at).count() == 3
    assert "83.00" in officer.get(page("ranking", one.call)).content.decode()
    assert "给出 81 分的理由" in officer.get(page("decision", one.applications[0])).content.decode()


def test_a_spread_of_more_than_twenty_points_calls_one_more_expert_and_exactly_twenty_does_not(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=2, experts=6)
    one.draw()
    for application, totals in zip(one.applications, ((60, 70, 80), (60, 70, 81)), strict=True):
        for review, total in zip(one.reviews(application), totals, strict=True):
            one.score(review, total)
    narrow, wide = (one.reviews(each) for each in one.applications)
    assert (len(narrow), {each.revealed_at for each in narrow}) == (3, {one.at})
    assert (len(wide), {each.revealed_at for each in wide}) == (4, {None})
    one.score(wide[3], 72)
    assert {each.revealed_at for each in one.reviews(one.applications[1])} == {one.at}


@pytest.mark.parametrize(("wrong", "comment"), [({"team": 26}, "好"), ({"team": -1}, "好"), ({"team": True}, "好"), ({"team": None}, "好"),
                                               ({"team": "25"}, "好"), ({}, "  ")])
def test_points_beyond_the_rubric_and_an_empty_comment_are_refused(round_of: Callable[..., Round], wrong: Any, comment: str) -> None:
    one = round_of(applications=1, experts=3)
    one.draw()
    review = one.reviews(one.applications[0])[0]
    given = {"team": 25, "mode": 25, "field": 20, "results": 15, "plan": 15, **wrong}
    with pytest.raises(BadReview):
        reviews.score(review=review, marks=given, comment=comment, by=review.seat.person.urn, at=one.at)


def test_a_review_is_handed_in_once_through_its_page(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=1, experts=3)
    one.draw()
    review = one.reviews(one.applications[0])[0]
    client = one.client(review.seat.person)
    assert client.get("/schemes/reviews/").status_code == 200
    assert client.get(page("review", review)).status_code == 200
    said = {f"score-{code}": str(points) for code, points in {"team": 20, "mode": 20, "field": 15, "results": 10, "plan": 10}.items()}
    wrong = client.post(page("review_score", review), {**said, "score-team": "26", "score-comment": "意见"})
    assert wrong.status_code == 422
    for _press in range(3):
        client.post(page("review_score", review), {**said, "score-comment": "意见", "score-once": "token"})
    review.refresh_from_db()
    assert (review.state, review.total, review.comment) == ("scored", 7_500, "意见")
    with pytest.raises(BadReview):
        one.score(review, 80)


def test_nobody_but_the_expert_opens_the_review(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=1, experts=4)
    one.draw()
    review = one.reviews(one.applications[0])[0]
    others = {each.person for each in one.seats} - {review.seat.person} | {one.officer, one.leads[0]}
    assert {one.client(each).get(page("review", review)).status_code for each in others} == {404}


def test_conflicts_are_watched_from_the_day_the_call_opens(round_of: Callable[..., Round]) -> None:
    one = round_of(state="open")
    one.tie("relative", (one.officer, one.leads[1]))
    assert barring.watch(at=one.at) == 1
    assert barring.watch(at=one.at) == 0
    assert one.client(one.officer).get(page("decision", one.applications[1])).status_code == 404


def test_an_expert_is_nearest_to_what_they_wrote_of_before(round_of: Callable[..., Round]) -> None:
    former = round_of(applications=2, experts=6)
    former.draw()
    former.score_all(80, 80, 80)
    one = round_of(applications=2, experts=6)
    assert set(affinity(one.call, one.seats, one.applications).flat) == {50}
    first = former.reviews(former.applications[0])[0]
    second = next(each for each in former.reviews(former.applications[1]) if each.seat_id != first.seat_id)
    for at, words in enumerate(("量子计算 超导 低温 芯片", "细胞治疗 基因 临床 药物")):
        Review.objects.filter(seat=(first, second)[at].seat).update(comment=f"{words} 方案可行")
        one.applications[at].title = words
    known = [first.seat.person, second.seat.person]
    seats = [Seat(pk=-1 - at, call=one.call, person=person, most=3) for at, person in enumerate(known)]
    near = affinity(one.call, [*seats, one.seats[0]], one.applications)
    assert near[0, 0] > near[0, 1]
    assert near[1, 1] > near[1, 0]
    assert abs(near[2] - near[:2].mean(axis=0)).max() <= 1


def test_who_reviewed_a_field_is_nearer_to_it_than_words_alone_say(round_of: Callable[..., Round]) -> None:
    former = round_of(applications=2, experts=6)
    former.draw()
    former.score_all(80, 80, 80)
    for row, field in zip(former.applications, ("quantum", "hydrogen"), strict=True):
        row.values = {"field": field}
        row.save()
    one = round_of(applications=2, experts=6)
    first = former.reviews(former.applications[0])[0]
    second = next(each for each in former.reviews(former.applications[1]) if each.seat_id != first.seat_id)
    seats = [Seat(pk=-1 - at, call=one.call, person=each.seat.person, most=3) for at, each in enumerate((first, second))]
    words = affinity(one.call, seats, one.applications)
    for row, field in zip(one.applications, ("hydrogen", "quantum"), strict=True):
        row.values = {"field": field}
    near = affinity(one.call, [*seats, one.seats[0]], one.applications)
    knows = [[fields_of(row.values) <= known for row in one.applications] for known in experience(former, first, second)]
    for at, row in enumerate(knows):
        for place, holds in enumerate(row):
            assert abs(near[at, place] - (2 * words[at, place] + 100 * holds) / 3) <= 1
    assert abs(near[2] - near[:2].mean(axis=0)).max() <= 1


def experience(former: Round, *reviews: Review) -> list[set[str]]:
    """The fields of everything that each of these experts scored."""
    return [{each.application.values["field"] for each in Review.objects.filter(seat=review.seat, state="scored")
             .select_related("application")} for review in reviews]
