"""Words the sample network is made of. Nobody in it exists."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN_NAMES = _words("""
    Adaeze Amara Anouk Arjun Astrid Ayumi Beatriz Bohdan Camille Chidi Daniela Diego Ebba Elif Emeka Esra
    Farah Felix Freya Gabriel Giulia Hana Henrik Ines Isla Ivan Jamal Jasmin Joana Jonas Kaito Karim Katya
    Kofi Laila Lars Leila Leonie Lucia Luka Magda Malik Marta Mateo Mei Mina Nadia Nikhil Noor Olga Omar
    Oskar Paula Priya Rafael Ravi Rosa Ruth Salma Samir Sanjay Sofia Soren Tariq Tessa Thabo Tomas Uma
    Valentina Viktor Wanjiru Yara Yusuf Zeynep Zola
""")

FAMILY_NAMES = _words("""
    Abara Achterberg Adeyemi Almeida Andersson Aydin Banerjee Bauer Bello Bianchi Boateng Carvalho
    Castillo Chen Costa Dlamini Duarte Eriksen Fernandez Fischer Fontaine Garcia Gruber Haddad Hansen
    Hashimoto Ibrahim Iyer Jansen Kamau Kaya Keller Khan Kowalski Kruger Lehmann Lindqvist Lopes Marino
    Mbeki Mehta Moreau Mwangi Nakamura Nair Navarro Nowak Nunez Okafor Olsen Osei Pereira Petrov Popescu
    Ramos Rao Reyes Ricci Rossi Saito Santos Schmid Sharma Silva Sorensen Suzuki Tanaka Torres Vargas
    Virtanen Wagner Weber Yamada Yilmaz Zhang
""")

# display name, mail domain, (zone, language, how many of ten people live there)
ORGANIZATIONS = (
    (
        "Alder & Wyke Engineering",
        "alder-wyke.example",
        (("Europe/Berlin", "de", 6), ("Europe/Lisbon", "en", 4)),
    ),
    (
        "Meridian Health Partners",
        "meridian-health.example",
        (("America/New_York", "en", 5), ("America/Sao_Paulo", "en", 3), ("Europe/London", "en", 2)),
    ),
    (
        "Saffron Coast Logistics",
        "saffron-coast.example",
        (("Asia/Kolkata", "en", 6), ("Africa/Nairobi", "en", 4)),
    ),
)

DEPARTMENTS = {
    "Operations": ("Operations Lead", "Process Engineer", "Site Coordinator"),
    "Product": ("Product Lead", "Product Owner", "Research Specialist"),
    "People": ("People Lead", "Learning Specialist", "People Partner"),
    "Finance": ("Finance Lead", "Controller", "Financial Analyst"),
    "Engineering": ("Engineering Lead", "Software Engineer", "Quality Engineer"),
}

# Saying when people can meet on their own clock; early and late starts let continents overlap.
WEEKLY_HOURS = (
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 08:00-16:30",
    "Mo-Fr 10:00-19:00",
    "Mo-Th 08:30-18:00",
    "Mo-Fr 07:00-15:30",
    "Mo-We 09:00-18:00; Th-Fr 09:00-13:00",
    "Tu-Fr 09:30-18:30",
)
