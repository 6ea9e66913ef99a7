/* How the search ranks what it finds; Sphinx builds it in, behind SENTENCES, the sentences of each rule's page.
   A rule's page stands before pages that only mention the words, and one that says the very phrase before all others. */
var Scorer = {
  score: ([page, , , , score]) => {
    const phrase = (new URLSearchParams(location.search).get("q") || "").toLowerCase().replace(/["“”]/g, "");
    const said = phrase.trim().replace(/\s+/g, " ").replace(/\.$/, "");
    const sentences = SENTENCES[page];
    if (sentences === undefined) return score;
    return score + (said.includes(" ") && sentences.includes(said) ? 30 : 3);
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
