"""Words as they are compared."""

from services.membership.domain.words import unique_lines, words_of


def test_case_accents_fillers_and_the_plural_keep_nobody_apart():
    assert words_of("The Priorities of our Équipe") == words_of("priority équipe", "EQUIPE")


def test_short_words_and_endings_that_are_no_plural_stay():
    assert words_of("a bus, the status of loss in a crisis") == {"bus", "status", "loss", "crisis"}


def test_words_of_other_scripts_count_too():
    assert words_of("Führung und 指導") == {"fuhrung", "und", "指導"}


def test_of_two_spellings_the_first_is_kept():
    assert unique_lines([" Negotiation ", "", "negotiation", "Budgets"]) == ("Negotiation", "Budgets")
