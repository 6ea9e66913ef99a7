/* How the search ranks what it finds; Sphinx builds it in, behind RULES, what each rule's page says and which values it
   names. A rule's page stands before pages that only mention the words. One that says the very phrase, or names the
   very value (Sphinx itself finds SHOP where SHOPPING is asked for), stands before all others. */
var Scorer = {
  score: ([page, , , , score]) => {
    const rule = RULES[page];
    if (rule === undefined) return score;
    const query = (new URLSearchParams(location.search).get("q") || "").replace(/["“”]/g, "").trim();
    const phrase = query.toLowerCase().replace(/\s+/g, " ").replace(/\.$/, "");
    const isSaid = phrase.includes(" ") && rule.says.includes(phrase);
    return score + (isSaid || rule.values.includes(query) ? 30 : 3);
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
