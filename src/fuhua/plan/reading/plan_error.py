"""The one error of this package: why a document could not be read as a plan, and how to mend it, in two languages."""

from __future__ import annotations

LONGEST = 200_000  # characters of a plan; those of five years have about a third of it

_MESSAGES: dict[str, tuple[str, str]] = {
    "empty": (
        "文件是空的。请重新选择含有正文的文件。",
        "The file is empty. Choose a file that contains the plan's text.",
    ),
    "too_large": (
        "文件过大（上限 {limit}）。请只上传方案正文，去掉图片和附件后再试。",
        "The file is too large (limit {limit}). Upload only the plan's text, without pictures and annexes.",
    ),
    "unknown_format": (
        "不认识这种文件（{what}）。请另存为 .docx、文字版 PDF、.txt 或 .md 后再试。",
        "This kind of file is not known ({what}). Save it as .docx, text PDF, .txt or .md and try again.",
    ),
    "old_word": (
        "这是旧版 Word（.doc）或加密的文件。请用 Word 或 WPS 打开，另存为不加密的 .docx 后再试。",
        "This is an old Word file (.doc) or an encrypted one. Open it and save it as .docx without a password.",
    ),
    "broken_docx": (
        "这个 .docx 已损坏或不完整（{what}）。请用 Word 或 WPS 打开后重新保存再试。",
        "This .docx is damaged or incomplete ({what}). Open it in Word or WPS, save it again and retry.",
    ),
    "unsafe_docx": (
        "这个 .docx 含有不安全的内容（{what}），已拒绝读取。请把正文复制到新文档中保存后再试。",
        "This .docx holds unsafe content ({what}) and was refused. Copy the text into a new document and save that.",
    ),
    "broken_pdf": (
        "这个 PDF 已损坏、不完整或有密码（{what}）。请重新导出一份无密码的 PDF 再试。",
        "This PDF is damaged, incomplete or locked ({what}). Export it again without a password and retry.",
    ),
    "scanned_pdf": (
        "这个 PDF 是扫描件，里面没有文字。请先做文字识别（OCR），或上传 Word、文本版本。",
        "This PDF is a scan without any text. Run text recognition (OCR) first, or upload a Word or text version.",
    ),
    "too_many_pages": (
        "PDF 页数过多（{pages} 页，上限 {limit} 页）。请只导出方案正文的页面。",
        "The PDF has too many pages ({pages}, limit {limit}). Export only the pages of the plan itself.",
    ),
    "too_slow": (
        "读取这个文件用时过长，已停止。请只保留方案正文，另存为 .docx 或文本后再试。",
        "Reading this file took too long and was stopped. Keep only the plan's text, save it as .docx or plain text and retry.",
    ),
    "long_sentence": (
        "有一段文字超过 {limit} 字没有句号或换行（“{start}……”），无法辨认。请检查标点和分段后再试。",
        "More than {limit} characters run on without a full stop or a line break (“{start}…”). Mend the punctuation and retry.",
    ),
    "too_long": (
        "文字过多（上限 {limit} 字），不像一份方案。请只保留方案正文，或按部分拆成几个文件分别导入。",
        "There is too much text for a plan (limit {limit} characters). Keep only the plan itself, or split it into several files.",
    ),
    "undecodable": (
        "认不出这个文本的编码。请用记事本打开，另存为 UTF-8 编码后再试。",
        "The encoding of this text was not recognised. Open it in an editor and save it as UTF-8.",
    ),
    "not_chinese": (
        "文中几乎没有汉字，不像一份中文方案。请检查文件是否选错，或编码是否有误。",
        "There is hardly any Chinese in this text, so it does not look like a plan. Check the file and its encoding.",
    ),
    "no_measures": (
        "没有找到任何举措。请确认正文中有“（一）……”或“1.……”这样编号的任务，再重新上传。",
        "No measure was found. Make sure the tasks are numbered, such as （一） or 1., and upload it again.",
    ),
}


class PlanError(ValueError):
    """A document that cannot be read as a plan; `code` is stable, `zh` and `en` tell a person how to mend it."""

    def __init__(self, code: str, **details: object) -> None:
        zh, en = _MESSAGES[code]
        self.code = code
        self.details = details
        self.zh = zh.format(**details)
        self.en = en.format(**details)
        super().__init__(f"{self.zh} {self.en}")
