"""Into which group each emoji belongs, as the keyboards of telephones have them. No Qt.

The library that knows the names does not know the groups. They are those of Unicode's
emoji-test.txt, by the first character of an emoji: where in the row of all characters another group
begins.
"""

from bisect import bisect_right
from enum import Enum


class Group(Enum):
    """In the order in which they are offered."""

    SMILEYS = "s"
    PEOPLE = "p"
    NATURE = "n"
    FOOD = "f"
    ACTIVITIES = "a"
    TRAVEL = "t"
    OBJECTS = "o"
    SYMBOLS = "y"
    FLAGS = "l"


_BEGINNINGS = """
23:y 231a:t 2328:o 23cf:y 23f0:t 23f8:y 2600:t 260e:o 2611:y 2614:t 2615:f 2618:n 261d:p
2620:s 2622:y 2639:s 2640:y 265f:a 2668:t 267b:y 2692:o 2693:t 2694:o 2695:y 2696:o 269b:y
26a1:t 26aa:y 26b0:o 26bd:a 26c4:t 26ce:y 26cf:o 26d4:y 26e9:t 26f3:a 26f4:t 26f7:p 26f8:a
26f9:p 26fa:t 2702:o 2705:y 2708:t 2709:o 270a:p 270f:o 2714:y 2728:a 2733:y 2744:t 2747:y
2763:s 2795:y 2b50:t 2b55:y 1f004:a 1f170:y 1f1e6:l 1f201:y 1f300:t 1f32d:f 1f331:n 1f336:f
1f337:n 1f33d:f 1f33e:n 1f344:f 1f380:a 1f382:f 1f383:a 1f385:p 1f386:a 1f38c:l 1f38d:a
1f392:o 1f396:a 1f399:o 1f39f:a 1f3a0:t 1f3a3:a 1f3a4:o 1f3a6:y 1f3a7:o 1f3a8:a 1f3a9:o
1f3aa:t 1f3ab:a 1f3ac:o 1f3ad:a 1f3b5:o 1f3bd:a 1f3c1:l 1f3c2:p 1f3c5:a 1f3c7:p 1f3c8:a
1f3ca:p 1f3cd:t 1f3cf:a 1f3d4:t 1f3e7:y 1f3e8:t 1f3ee:o 1f3ef:t 1f3f3:l 1f3f5:n 1f3f7:o
1f3f8:a 1f3f9:o 1f3fa:f 1f400:n 1f440:p 1f451:o 1f463:p 1f479:s 1f47c:p 1f47d:s 1f481:p
1f484:o 1f485:p 1f488:t 1f489:o 1f48b:s 1f48d:o 1f48f:p 1f490:n 1f491:p 1f492:t 1f493:s
1f4a0:y 1f4a1:o 1f4a2:s 1f4a7:t 1f4a8:s 1f4aa:p 1f4ab:s 1f4ae:n 1f4af:s 1f4b0:o 1f4ba:t
1f4bb:o 1f4db:y 1f4dc:o 1f4f3:y 1f4f7:o 1f500:y 1f507:o 1f518:y 1f525:t 1f526:o 1f52a:f
1f52b:o 1f52e:a 1f52f:y 1f54a:n 1f54b:t 1f54e:y 1f550:t 1f56f:o 1f570:t 1f573:s 1f574:p
1f576:o 1f577:n 1f579:a 1f57a:p 1f587:o 1f590:p 1f5a4:s 1f5a5:o 1f5bc:a 1f5c2:o 1f5e3:p
1f5e8:s 1f5f3:o 1f5fa:t 1f5ff:o 1f600:s 1f645:p 1f648:s 1f64b:p 1f680:t 1f6a3:p 1f6a4:t
1f6a9:l 1f6aa:o 1f6ab:y 1f6ac:o 1f6ad:y 1f6b2:t 1f6b3:y 1f6b4:p 1f6b7:y 1f6bd:o 1f6be:y
1f6bf:o 1f6c0:p 1f6c1:o 1f6c2:y 1f6cb:o 1f6cc:p 1f6cd:o 1f6ce:t 1f6cf:o 1f6d0:y 1f6d1:t
1f6d2:o 1f6d5:t 1f6e0:o 1f6e2:t 1f6f7:a 1f6f8:t 1f7e0:y 1f90d:s 1f90f:p 1f910:s 1f918:p
1f920:s 1f926:p 1f927:s 1f930:p 1f93f:a 1f940:n 1f941:o 1f942:f 1f945:a 1f950:f 1f970:s
1f97b:o 1f980:f 1f981:n 1f990:f 1f992:n 1f99e:f 1f99f:n 1f9aa:f 1f9ae:n 1f9af:o 1f9b4:p
1f9ba:o 1f9bb:p 1f9bc:t 1f9be:p 1f9c0:f 1f9cd:p 1f9d0:s 1f9d1:p 1f9e1:s 1f9e2:o 1f9e7:a
1f9ea:o 1f9ed:t 1f9ee:o 1f9f1:t 1f9f2:o 1f9f3:t 1f9f4:o 1f9f5:a 1f9f7:o 1f9f8:a 1f9f9:o
1f9ff:a 1fa70:o 1fa80:a 1fa82:t 1fa91:o
"""

_PAIRS = [beginning.split(":") for beginning in _BEGINNINGS.split()]
_FIRSTS = [int(first, 16) for first, _ in _PAIRS]
_GROUPS = [Group(letter) for _, letter in _PAIRS]


def group_of(sign: str) -> Group:
    """Return the group of the emoji *sign*; of what is none, that of the emoji before it."""
    return _GROUPS[max(0, bisect_right(_FIRSTS, ord(sign[0])) - 1)]
