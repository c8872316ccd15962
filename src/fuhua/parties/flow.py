"""What may happen to a tie: proposed by one side, confirmed by the other, ended by whoever may; it never vanishes."""

from fuhua.kernel.flow import Flow, Step

TIE = Flow(
    "tie",
    initial="proposed",
    steps=(
        Step("confirm", ("proposed",), "confirmed"),
        Step("end", ("proposed", "confirmed"), "ended"),
    ),
)
