"""Word documents, from the XML that Word writes."""

from texts.reading.building import centred, codes, numbered, numbering, outline, paragraph, word_file

from participation.texts.reading.documents import read_document


def read(body: str, **parts: str):
    return read_document(word_file(body, **parts), "osnutek.docx")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_municipal_draft_without_styles_becomes_a_tree() -> None:
    reading = read(
        paragraph("Na podlagi 21. člena zakona je občinski svet sprejel")
        + centred("O D L O K")
        + centred("o kulturnih domovih")
        + centred("I. SPLOŠNE DOLOČBE")
        + centred("1. člen\n(predmet)", bold=False)
        + paragraph("(1)\tOdlok ureja:")
        + paragraph("-\tdomove in")
        + paragraph("-\tšole.")
    )
    assert reading.title == "ODLOK o kulturnih domovih"
    assert outline(reading)[1:] == [
        ("chapter", "I.", 2, "SPLOŠNE DOLOČBE"),
        ("article", "1. člen", 4, "(predmet)"),
        ("paragraph", "(1)", 5, "Odlok ureja:"),
        ("indent", "–", 6, "domove in"),
        ("indent", "–", 6, "šole."),
    ]


def test_articles_and_paragraphs_that_word_counts_keep_their_numbers() -> None:
    reading = read(
        numbered("")
        + centred("(vsebina)", bold=False)
        + numbered("Odlok ureja domove.", level=1)
        + numbered("Odlok velja.", level=1)
        + numbered("Namen odloka")
        + numbered("Namen je javen.", level=1),
        numbering=numbering(("decimal", "%1. člen"), ("decimal", "(%2)")),
    )
    assert outline(reading) == [
        ("article", "1. člen", 4, "(vsebina)"),
        ("paragraph", "(1)", 5, "Odlok ureja domove."),
        ("paragraph", "(2)", 5, "Odlok velja."),
        ("article", "2. člen", 4, "Namen odloka"),
        ("paragraph", "(1)", 5, "Namen je javen."),
    ]


def test_numbers_of_heading_styles_are_counted() -> None:
    levels = "".join(
        f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/><w:pPr><w:numPr>'
        f'<w:ilvl w:val="{level - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for level in (1, 2)
    )
    reading = read(
        centred("Strategija mladih")
        + paragraph("Uvod", '<w:pStyle w:val="H1"/>')
        + paragraph("Cilji", '<w:pStyle w:val="H1"/>')
        + paragraph("Prvi cilj", '<w:pStyle w:val="H2"/>')
        + paragraph("Cilj je jasen."),
        styles=levels,
        numbering=numbering(("decimal", "%1."), ("decimal", "%1.%2")),
    )
    assert outline(reading) == [
        ("section", "1.", 1, "Uvod"),
        ("section", "2.", 1, "Cilji"),
        ("section", "2.1", 2, "Prvi cilj"),
        ("paragraph", "", 5, "Cilj je jasen."),
    ]


def test_lists_of_letters_romans_and_bullets_are_printed_as_word_prints_them() -> None:
    reading = read(
        "".join(numbered(f"točka {at};", level=0) for at in range(27))
        + numbered("rimska;", level=1)
        + numbered("krogec.", level=2),
        numbering=numbering(("lowerLetter", "%1)"), ("upperRoman", "%2."), ("bullet", "\uf0b7")),
    )
    labels = [label for _, label, _, _ in outline(reading)]
    assert labels[:2] + labels[25:] == ["a)", "b)", "z)", "aa)", "I.", "–"]


def test_lists_that_share_a_counter_go_on_from_one_another() -> None:
    shared = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    reading = read(
        numbered("prva;") + numbered("peta;", list_id=2) + numbered("šesta;") + numbered("sedma.", list_id=2),
        numbering=numbering(("decimal", "%1."), lists=shared),
    )
    assert [(label, text) for _, label, _, text in outline(reading)] == [
        ("1.", "prva;"),
        ("5.", "peta;"),
        ("6.", "šesta;"),
        ("7.", "sedma."),
    ]


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    changed = (
        f'<w:p>{run("Občina ")}<w:del w:id="1"><w:r><w:delText>lahko</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{run("mora")}</w:ins>{run(" zagotoviti prostore.")}</w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>{run("Prvi del, ")}</w:p><w:p>{run("drugi del.")}</w:p>'
    )
    reading = read(centred("1. člen") + changed)
    assert [text for _, _, _, text in outline(reading)] == [
        "",
        "Občina mora zagotoviti prostore.",
        "Prvi del, drugi del.",
    ]
    assert [one.details for one in reading.warnings if one.code == "tracked_changes_accepted"] == [{"count": "3"}]


def test_a_draft_full_of_tracked_changes_is_read() -> None:
    body = "".join(
        f'<w:p><w:ins w:id="a{at}">{run(f"({at}) Nova določba.")}</w:ins>'
        f'<w:del w:id="b{at}"><w:r><w:delText>Stara določba.</w:delText></w:r></w:del></w:p>'
        for at in range(1, 2001)
    )
    reading = read(centred("1. člen") + body)
    assert reading.counts["paragraph"] == 2000
    assert [one.details for one in reading.warnings if one.code == "tracked_changes_accepted"] == [{"count": "4000"}]


def test_tables_keep_their_cells_and_frames_of_one_column_do_not_matter() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    reading = read(
        centred("1. člen") + table(("Leto", "Znesek"), ("2027", "100")) + table(("2. člen",), ("Besedilo.",))
    )
    assert outline(reading) == [
        ("article", "1. člen", 4, ""),
        ("table", "", 5, "Leto | Znesek\n2027 | 100"),
        ("article", "2. člen", 4, ""),
        ("paragraph", "", 5, "Besedilo."),
    ]


def test_notes_are_kept_and_what_is_no_text_is_counted() -> None:
    reading = read(
        centred("1. člen")
        + f'<w:p>{run("Svet")}<w:r><w:footnoteReference w:id="7"/></w:r>{run(" odloča.")}'
        + '<w:r><w:rPr><w:vanish/></w:rPr><w:t>skrito</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>',
        footnotes=f'<w:footnote w:id="7">{paragraph("Razvojni svet regije.")}</w:footnote>',
    )
    assert outline(reading)[1:] == [
        ("paragraph", "", 5, "Svet[1] odloča."),
        ("note", "1", 6, "Razvojni svet regije."),
    ]
    assert codes(reading) == ["title_missing", "comments_left_out", "hidden_text_left_out", "language_unsure"]


def test_lines_that_were_broken_by_hand_become_what_they_say() -> None:
    reading = read(centred("1. člen") + paragraph("(1) Prvi.\n(2) Drugi:\n– alineja;\n– druga\nin še del."))
    assert outline(reading)[1:] == [
        ("paragraph", "(1)", 5, "Prvi."),
        ("paragraph", "(2)", 5, "Drugi:"),
        ("indent", "–", 6, "alineja;"),
        ("indent", "–", 6, "druga in še del."),
    ]


def test_a_table_of_contents_is_no_part_of_the_draft() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('1. člen ........ 3')}</w:sdtContent></w:sdt>"
    )
    assert outline(read(contents + centred("1. člen") + paragraph("Besedilo."))) == [
        ("article", "1. člen", 4, ""),
        ("paragraph", "", 5, "Besedilo."),
    ]


def test_a_number_of_a_list_that_is_not_in_the_file_is_doubted() -> None:
    reading = read(numbered("Besedilo brez seznama, ki je za vse in v njem.", list_id=9))
    assert [one.details for one in reading.warnings if one.code == "numbering_lost"] == [{"count": "1"}]
