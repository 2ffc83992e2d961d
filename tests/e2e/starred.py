"""The 25 promises of the first release, in our own words, and the tests that show each.

`docs/reference/starred.md` is generated from this list; a test that is named here and does
not exist fails the suite.
"""

from __future__ import annotations

from dataclasses import dataclass

JOURNEY = (
    "tests/e2e/test_supervision_journey.py"
    "::test_a_supervision_from_plan_to_verified_recommendation_without_a_script"
)
KEYBOARD = (
    "tests/e2e/test_keyboard.py::test_a_supervision_from_plan_to_verified_recommendation_by_keyboard_alone"
)
PUBLIC, WORK, BUDGET = (
    "tests/e2e/test_public_pages.py",
    "tests/e2e/test_work_pages.py",
    "tests/e2e/test_budgets.py",
)
SEARCH, VERIFIER = "tests/publication/test_search.py", "tests/documents/test_verification.py"
README = "tests/e2e/test_screenshots.py"
PORTAL, SCREEN = "tests/portal/test_pages.py", "tests/portal/test_browser.py"


@dataclass(frozen=True)
class Promise:
    """One line: its mark, what is promised, which tests show it."""

    mark: str
    words: str
    tests: tuple[str, ...]


PROMISES = (
    Promise(
        "P1",
        "Every public page is complete without JavaScript; scripts change no word of it.",
        (f"{PUBLIC}::test_a_page_says_the_same_with_and_without_scripts",),
    ),
    Promise(
        "P2",
        "axe and the HTML checker find nothing on any public page, in Vietnamese and English, "
        "at 320, 390 and 1280 px.",
        (f"{SCREEN}::test_no_page_has_a_finding_in_either_language", JOURNEY),
    ),
    Promise(
        "P3",
        "A published result is read as text on its page; the signed PDF comes second, "
        "with its name, pages and size.",
        (f"{PUBLIC}::test_the_text_stands_first_and_the_pdf_says_what_it_is", JOURNEY),
    ),
    Promise(
        "P4",
        "A PDF handed in at /xac-minh/ gets one of seven plain answers, by the hash of the whole file first.",
        (
            "tests/portal/test_verify.py::test_each_of_the_seven_answers_has_its_page",
            f"{VERIFIER}::test_the_untouched_publication_is_genuine",
            f"{VERIFIER}::test_files_made_by_others",
            JOURNEY,
        ),
    ),
    Promise(
        "P5",
        "One changed byte, or a page edited by an update, is a changed file, never a valid one.",
        (
            f"{VERIFIER}::test_any_flipped_byte_of_a_published_file_is_a_change",
            f"{VERIFIER}::test_an_update_after_signing_is_a_change",
            JOURNEY,
        ),
    ),
    Promise(
        "P6",
        "The QR square leads to /v/<code>/, at most 8 KB: number, day, body, hash, whether it holds.",
        (
            f"{BUDGET}::test_the_page_behind_the_qr_square_is_at_most_8_kilobytes",
            f"{PUBLIC}::test_the_page_behind_the_qr_square_says_what_to_compare",
            f"{PUBLIC}::test_the_qr_square_on_the_paper_is_the_address_of_its_page",
            JOURNEY,
        ),
    ),
    Promise(
        "P7",
        "Search needs no marks: “khieu nai dat dai”, “dao”, “hoà” find what is meant; "
        "exact spelling comes first.",
        (
            f"{SEARCH}::test_words_without_marks_find_words_with_marks",
            f"{SEARCH}::test_d_finds_the_barred_d_and_both_ways_of_placing_a_mark_are_one",
            f"{SEARCH}::test_what_is_spelled_exactly_as_typed_comes_first",
        ),
    ),
    Promise(
        "P8",
        "Filters are links; the number beside one is the number of results after the click; "
        "the address keeps them.",
        (
            f"{SEARCH}::test_a_facet_count_is_the_number_of_results_after_the_click",
            f"{PUBLIC}::test_a_facet_shows_as_many_results_as_it_says",
        ),
    ),
    Promise(
        "P9",
        "A page costs at most 80 KB and 8 requests cold, 30 KB the second time, nothing from elsewhere.",
        (
            f"{BUDGET}::test_a_page_costs_at_most_80_kilobytes_and_8_requests_cold_and_30_again",
            f"{BUDGET}::test_a_first_view_on_a_slow_line_paints_within_the_limits_of_the_line",
        ),
    ),
    Promise(
        "P10",
        "Nothing scrolls sideways at 320 px or at 400 %; wider spacing cuts nothing; "
        "tables become labelled stacks.",
        (
            f"{PUBLIC}::test_nothing_is_cut_or_scrolls_sideways_at_320_pixels_and_at_four_times_the_size",
            f"{SCREEN}::test_text_is_large_lines_do_not_touch_and_nothing_is_cut",
            f"{WORK}::test_a_table_becomes_a_labelled_stack_on_a_phone",
            JOURNEY,
        ),
    ),
    Promise(
        "P11",
        "Text is 18 px or more with room between lines; the letters ẪỄỖ and ẬỆỰ of two lines never touch.",
        (
            f"{SCREEN}::test_text_is_large_lines_do_not_touch_and_nothing_is_cut",
            f"{PUBLIC}::test_the_highest_and_the_deepest_letters_of_two_lines_never_touch",
        ),
    ),
    Promise(
        "P12",
        "The first stop of Tab leads to the content; focus is always seen, in reading order; "
        "targets are large.",
        (
            f"{SCREEN}::test_the_first_tab_stop_leads_to_the_content_and_focus_is_seen",
            f"{SCREEN}::test_controls_are_large_enough_to_touch",
            f"{PUBLIC}::test_focus_goes_in_reading_order_and_targets_are_large",
            KEYBOARD,
        ),
    ),
    Promise(
        "P13",
        "One h1, no skipped level, header, nav, main and footer, a title of its own for each address.",
        (
            f"{PORTAL}::test_every_page_keeps_the_rules_of_the_house",
            f"{PORTAL}::test_headings_skip_no_level",
            JOURNEY,
        ),
    ),
    Promise(
        "P14",
        "The language of the page and of each foreign passage is marked; "
        "the language link keeps page and query.",
        (
            f"{PORTAL}::test_the_language_link_leads_to_the_same_page_and_keeps_the_query",
            f"{PORTAL}::test_english_pages_say_what_is_vietnamese",
            JOURNEY,
        ),
    ),
    Promise(
        "F1",
        "The inbox shows my open work by deadline: what, case, agency, due in words, "
        "one button; at 320 px too.",
        (
            f"{WORK}::test_the_inbox_says_what_for_whom_and_how_late_at_320_pixels",
            f"{WORK}::test_the_inbox_puts_the_most_urgent_first",
        ),
    ),
    Promise(
        "F2",
        "A deadline's state is words, icon and colour; each state is a filter whose count is right.",
        (
            f"{WORK}::test_each_state_of_a_deadline_has_words_an_icon_and_a_filter_that_counts_right",
            "tests/deadlines/test_states.py::test_facet_counts_are_the_counts_of_the_chips",
        ),
    ),
    Promise(
        "F3",
        "The whole path, from the plan to the verified recommendation, works without JavaScript "
        "and by keyboard alone.",
        (JOURNEY, KEYBOARD),
    ),
    Promise(
        "F4",
        "05/03/2026 is 5 March in both languages; a day that is none is said plainly; three boxes.",
        (
            f"{WORK}::test_the_fifth_of_march_is_the_fifth_of_march_in_both_languages",
            "tests/portal/test_forms.py::test_an_impossible_date_is_said_plainly_and_kept_as_typed",
        ),
    ),
    Promise(
        "F5",
        "All mistakes at once, in the title, a summary with links and at the field; what was typed "
        "and uploaded stays.",
        (
            f"{WORK}::test_every_mistake_is_named_at_once_and_all_that_was_typed_and_uploaded_stays",
            JOURNEY,
        ),
    ),
    Promise(
        "F6",
        "“Lưu nháp” keeps a working copy; the page says when the session ends; the copy is there afterwards.",
        (f"{WORK}::test_a_working_copy_is_there_after_the_session_ran_out", JOURNEY),
    ),
    Promise(
        "A1",
        "A request to an agency is one page: what, on what basis, until when and why then, files; "
        "it prints on one or two A4 pages.",
        (f"{WORK}::test_a_request_to_an_agency_prints_on_one_or_two_pages",),
    ),
    Promise(
        "A2",
        "Each recommendation has its own reply: accepted, partly, not with reasons; who, by when, files.",
        (
            f"{WORK}::test_a_reply_is_given_for_each_recommendation_with_reasons_owner_day_and_files",
            JOURNEY,
        ),
    ),
    Promise(
        "A3",
        "Uploading is a plain field that states its limits; each refused file is named with the reason; "
        "20 MB arrive over 400 kbit/s.",
        (
            f"{WORK}::test_every_mistake_is_named_at_once_and_all_that_was_typed_and_uploaded_stays",
            f"{WORK}::test_twenty_megabytes_over_a_slow_line_arrive_whole",
            "tests/files/test_store.py::test_other_files_are_refused_in_words",
        ),
    ),
    Promise(
        "R1",
        "Two commands lead to a running demonstration, offline afterwards, that prints address, "
        "accounts and what to try.",
        (
            "tests/test_running.py::test_one_command_serves_the_demonstration_and_one_signal_ends_all_of_it",
            f"{README}::test_the_readme_names_the_two_commands_and_its_pictures_are_there",
        ),
    ),
    Promise(
        "R2",
        "Long commands show how far they are; without a terminal they print plain lines; "
        "Ctrl-C leaves whole data.",
        (
            "tests/test_running.py::test_one_command_serves_the_demonstration_and_one_signal_ends_all_of_it",
            "tests/e2e/test_starred.py::test_long_commands_say_how_far_they_are_without_a_terminal",
        ),
    ),
)


def table() -> str:
    """Return docs/reference/starred.md."""
    lines = [
        "# What the first release promises, and what shows it",
        "",
        "Generated from `tests/e2e/starred.py` by `python -m tests.e2e.starred`. "
        "P: readers; F: the Front; A: agencies; R: whoever runs the code.",
        "",
        "| | Promise | Shown by |",
        "|---|---|---|",
    ]
    for promise in PROMISES:
        shown = "<br>".join(f"`{test}`" for test in promise.tests)
        lines.append(f"| {promise.mark} | {promise.words} | {shown} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).resolve().parents[2].joinpath("docs/reference/starred.md").write_text(
        table(), encoding="utf-8"
    )
