"""Words that carry no subject, in both languages.

The union is taken out of both language fields: a French query runs against English text too, and a stop word of
one language left in the other's field was what cost words most on real queries.
"""

_ENGLISH = """
    a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here
    hers herself him himself his how however i if in into is it its itself just me more most my myself no nor not
    now of off on once only or other our ours ourselves out over own per same she should so some such than that
    the their theirs them themselves then there these they this those through to too under until up upon us very
    was we were what when where whether which while who whom whose why will with within without would you your
    yours yourself yourselves s t re ve ll d
"""
_FRENCH = """
    a ai aient ainsi alors après as au aucun aucune aujourd auquel aura auraient aurait aussi autre autres aux avaient
    avait avant avec avez avoir avons ayant c car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci
    comme comment contre d dans de depuis des dès donc dont du durant elle elles en encore entre es est et étaient
    était étant été êtes être eu eux fait faire faut fut hors ici il ils j je jusqu jusque l la là laquelle le lequel
    les lesquelles lesquels leur leurs lors lorsque lui m ma mais me même mêmes mes moi moins mon n ne ni non nos
    notre nous on ont ou où par parce pas pendant peu peut plus plusieurs pour pourquoi près puis qu quand que quel
    quelle quelles quels qui quoi s sa sans sauf se selon sera seraient serait ses si soit son sont sous sur t ta tandis
    te tel telle telles tels tes toi ton tous tout toute toutes très trop tu un une vers via voici voilà vos votre
    vous y
"""
ENGLISH = frozenset(_ENGLISH.split())
FRENCH = frozenset(_FRENCH.split())
EVERY = sorted(ENGLISH | FRENCH)
