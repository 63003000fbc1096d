// The methods and their terms. The same letters mean different things in different methods, so every term is defined here
// once for each; docs/methods/value_added_in_trade.md sets them side by side.
#include "decomposition.h"

namespace kontor {

namespace {

constexpr const char* bm = "method=bm_source|bm_sink";
constexpr Term bm_parts[] = {
    {"VAX1", "part: domestic value added in final exports, absorbed by the importer: v* Y_sr", bm},
    {"VAX2", "part: domestic value added in intermediates that the importer absorbs: v* A_sr H_r Y_rr", bm},
    {"VAX3", "part: domestic value added in intermediates that the importer sends on to third economies in final goods: v* A_sr H_r Y_rl",
     bm},
    {"VAX4", "part: domestic value added in intermediates that the importer sends on in intermediates, absorbed abroad", bm},
    {"REF1", "part: domestic value added that returns home in the importer's final goods: v* A_sr H_r Y_rs", bm},
    {"REF2", "part: domestic value added that is sent on in intermediates and finally absorbed at home", bm},
    {"DDC", "part: domestic value added that crosses the border of the perspective more than once (domestic double counting)", bm},
    {"FVA1", "part: foreign value added in final exports, absorbed by the importer: f* Y_sr", bm},
    {"FVA2", "part: foreign value added in intermediates that the importer absorbs: f* A_sr H_r Y_rr", bm},
    {"FVA3", "part: foreign value added in intermediates that the importer sends on in final goods, the exporter's own use included", bm},
    {"FVA4", "part: foreign value added in intermediates that the importer sends on in intermediates", bm},
    {"FDC", "part: foreign value added that crosses the border of the perspective more than once (foreign double counting)", bm},
};
constexpr SumOfParts bm_sums[] = {
    {{"DVA", "sum: domestic value added, VAX + REF", bm}, "VAX1 VAX2 VAX3 VAX4 REF1 REF2"},
    {{"VAX", "sum: domestic value added absorbed abroad, VAX1 to VAX4", bm}, "VAX1 VAX2 VAX3 VAX4"},
    {{"DAVAX", "sum: domestic value added absorbed by the direct importer, VAX1 + VAX2: trade that crosses one border", bm}, "VAX1 VAX2"},
    {{"REF", "sum: domestic value added that returns home, REF1 + REF2 (reflection)", bm}, "REF1 REF2"},
    {{"DC", "sum: domestic content, DVA + DDC", bm}, "VAX1 VAX2 VAX3 VAX4 REF1 REF2 DDC"},
    {{"FVA", "sum: foreign value added, FVA1 to FVA4", bm}, "FVA1 FVA2 FVA3 FVA4"},
    {{"FC", "sum: foreign content, FVA + FDC", bm}, "FVA1 FVA2 FVA3 FVA4 FDC"},
    {{"GVC", "sum: exports that take part in chains over more than one border, all parts but VAX1 and VAX2", bm},
     "VAX3 VAX4 REF1 REF2 DDC FVA1 FVA2 FVA3 FVA4 FDC"},
    {{"GVCB", "sum: backward participation, FC + DDC", bm}, "DDC FVA1 FVA2 FVA3 FVA4 FDC"},
    {{"GVCF", "sum: forward participation, DVA - DAVAX", bm}, "VAX3 VAX4 REF1 REF2"},
};

constexpr const char* my = "method=my";
constexpr Term my_parts[] = {
    {"DVA", "part: domestic value added that crosses the border of the perspective for the first time: v_s' L* E", my},
    {"DDC", "part: domestic value added that crosses it again: v_s' (L - L*) E", my},
    {"FVA", "part: foreign value added that crosses it for the first time: sum_t v_t' L* E", my},
    {"FDC", "part: foreign value added that crosses it again: sum_t v_t' (L - L*) E", my},
};
constexpr SumOfParts my_sums[] = {
    {{"DC", "sum: domestic content, DVA + DDC", my}, "DVA DDC"},
    {{"FC", "sum: foreign content, FVA + FDC", my}, "FVA FDC"},
};

constexpr const char* kww = "method=kww";
constexpr Term kww_parts[] = {
    {"DVA_FIN", "part 1: domestic value added in final exports: v_s' L_ss Y_sr", kww},
    {"DVA_INT", "part 2: domestic value added in intermediates absorbed where they arrive last: v_s' L_sr Y_rr", kww},
    {"DVA_INTrex", "part 3: domestic value added in intermediates that others send on to third economies: v_s' L_sr Y_rt", kww},
    {"RDV_FIN", "part 4: domestic value added that returns in final imports: v_s' L_sr Y_rs", kww},
    {"RDV_INT", "part 5: domestic value added that returns in intermediate imports and is absorbed at home: v_s' L_sr A_rs H_s Y_ss", kww},
    {"DDC", "part 6: domestic value added that returns in intermediate imports and is exported again: v_s' L_sr A_rs H_s E_s", kww},
    {"FVA_FIN", "part 7: foreign content of final exports: sum_t v_t' L_ts Y_sr", kww},
    {"FVA_INT", "part 8: foreign content of intermediates absorbed by the importer: sum_t v_t' L_ts A_sr H_r Y_rr", kww},
    {"FDC",
     "part 9: foreign content of intermediates that the importer exports again: sum_t v_t' L_ts A_sr H_r E_r. Far larger than FDC of "
     "bm_source, which counts only what crosses the exporter's own border again",
     kww},
};
constexpr SumOfParts kww_sums[] = {
    {{"DVA", "sum: domestic value added, parts 1 to 5", kww}, "DVA_FIN DVA_INT DVA_INTrex RDV_FIN RDV_INT"},
    {{"VAX", "sum: domestic value added absorbed abroad, parts 1 to 3", kww}, "DVA_FIN DVA_INT DVA_INTrex"},
    {{"REF", "sum: domestic value added that returns home, parts 4 and 5", kww}, "RDV_FIN RDV_INT"},
    {{"DC", "sum: domestic content, parts 1 to 6", kww}, "DVA_FIN DVA_INT DVA_INTrex RDV_FIN RDV_INT DDC"},
    {{"FVA", "sum: foreign value added in the sense of this method, parts 7 and 8", kww}, "FVA_FIN FVA_INT"},
    {{"FC", "sum: foreign content, parts 7 to 9", kww}, "FVA_FIN FVA_INT FDC"},
};

constexpr const char* wwz = "method=wwz";
constexpr Term wwz_parts[] = {
    {"DVA_FIN", "part 1: domestic value added in final exports: (v_s' L_ss) Y_sr", wwz},
    {"DVA_INT", "part 2: in intermediates that the importer absorbs: (v_s' H_s) A_sr L_rr Y_rr", wwz},
    {"DVA_INTrex1", "part 3: sent on in intermediates to third economies for their own final use: (v_s' H_s) A_sr L_rt Y_tt", wwz},
    {"DVA_INTrex2", "part 4: sent on in final goods to third economies: (v_s' H_s) A_sr L_rr Y_rt", wwz},
    {"DVA_INTrex3", "part 5: sent on in intermediates to third economies that export the final goods: (v_s' H_s) A_sr L_rt Y_tu", wwz},
    {"RDV_FIN1", "part 6: returns home in final goods of the importer: (v_s' H_s) A_sr L_rr Y_rs", wwz},
    {"RDV_FIN2", "part 7: returns home in final goods of third economies: (v_s' H_s) A_sr L_rt Y_ts", wwz},
    {"RDV_INT", "part 8: returns home in intermediates, absorbed there: (v_s' H_s) A_sr L_rs Y_ss", wwz},
    {"DDC_FIN", "part 9: returns home in intermediates for final exports, double counted: (v_s' H_s) A_sr L_rs Y_sl", wwz},
    {"DDC_INT", "part 10: returned before, in intermediate exports, double counted: (v_s' L_ss - v_s' H_s) A_sr X_r", wwz},
    {"FVA_FIN1", "part 11: the importer's own value added in final exports to it: (v_r' L_rs) Y_sr (decompr: MVA_FIN)", wwz},
    {"FVA_FIN2", "part 14: others' value added in final exports: (v_t' L_ts) Y_sr (decompr: OVA_FIN)", wwz},
    {"FVA_INT1", "part 12: the importer's own value added in intermediates that it absorbs: (v_r' L_rs) A_sr H_r Y_rr (decompr: MVA_INT)",
     wwz},
    {"FVA_INT2", "part 15: others' value added in intermediates that the importer absorbs: (v_t' L_ts) A_sr H_r Y_rr (decompr: OVA_INT)",
     wwz},
    {"MDC", "part 13: the importer's own value added in intermediates that it exports again: (v_r' L_rs) A_sr H_r E_r", wwz},
    {"ODC", "part 16: others' value added in intermediates that the importer exports again: (v_t' L_ts) A_sr H_r E_r", wwz},
};
constexpr SumOfParts wwz_sums[] = {
    {{"DVA", "sum: domestic value added, parts 1 to 8", wwz},
     "DVA_FIN DVA_INT DVA_INTrex1 DVA_INTrex2 DVA_INTrex3 RDV_FIN1 RDV_FIN2 RDV_INT"},
    {{"VAX", "sum: domestic value added absorbed abroad, parts 1 to 5", wwz}, "DVA_FIN DVA_INT DVA_INTrex1 DVA_INTrex2 DVA_INTrex3"},
    {{"REF", "sum: domestic value added that returns home, parts 6 to 8", wwz}, "RDV_FIN1 RDV_FIN2 RDV_INT"},
    {{"DDC", "sum: domestic double counting, parts 9 and 10", wwz}, "DDC_FIN DDC_INT"},
    {{"DC", "sum: domestic content, parts 1 to 10", wwz},
     "DVA_FIN DVA_INT DVA_INTrex1 DVA_INTrex2 DVA_INTrex3 RDV_FIN1 RDV_FIN2 RDV_INT DDC_FIN DDC_INT"},
    {{"FVA", "sum: foreign value added in the sense of this method, parts 11, 12, 14, 15", wwz}, "FVA_FIN1 FVA_FIN2 FVA_INT1 FVA_INT2"},
    {{"FDC", "sum: foreign double counting in the sense of this method, parts 13 and 16", wwz}, "MDC ODC"},
    {{"FC", "sum: foreign content, parts 11 to 16", wwz}, "FVA_FIN1 FVA_FIN2 FVA_INT1 FVA_INT2 MDC ODC"},
};

constexpr const char* tiva = "method=oecd";
constexpr Term oecd_parts[] = {
    {"EXGR_DDC",
     "part: direct domestic content, the exporting cell's own value added: v(i) H_s(i,i) E(i). No double counting, whatever DDC means "
     "elsewhere",
     tiva},
    {"EXGR_IDC", "part: indirect domestic content, value added of domestic suppliers: sum_{k not i} v(k) H_s(k,i) E(i)", tiva},
    {"EXGR_RIM", "part: domestic content that comes back in imports: (v_s' L_ss - v_s' H_s) E", tiva},
    {"EXGR_FVA", "part: foreign content: sum_t v_t' L_ts E. What bm_source calls FC", tiva},
};
constexpr SumOfParts oecd_sums[] = {
    {{"EXGR_DVA", "sum: domestic content, the three domestic parts: v_s' L_ss E. What bm_source calls DC", tiva},
     "EXGR_DDC EXGR_IDC EXGR_RIM"},
};

constexpr DecompositionMethod methods[] = {
    {"bm_source", bm_parts, bm_sums, true, true, {}, borin_mancini_source},
    {"bm_sink", bm_parts, bm_sums, true, true, {.columns = true}, borin_mancini_sink},
    {"kww", kww_parts, kww_sums, false, false, {.uses = true}, koopman_wang_wei},
    {"wwz", wwz_parts, wwz_sums, false, true, {.uses = true}, wang_wei_zhu},
    {"my", my_parts, my_sums, true, true, {}, miroudot_ye},
    {"oecd", oecd_parts, oecd_sums, false, true, {}, oecd},
};

}  // namespace

std::span<const DecompositionMethod> decomposition_methods() { return methods; }

std::span<const Term> decomposition_terms() {
  static const std::vector<Term> terms = [] {
    std::vector<Term> all = {{"EXGR", "total: gross exports"}};
    for (const DecompositionMethod& method : methods) {
      if (method.parts_of == borin_mancini_sink) continue;  // the terms of bm_source, counted another way
      all.insert(all.end(), method.parts.begin(), method.parts.end());
      for (const SumOfParts& sum : method.sums) all.push_back(sum.term);
    }
    all.push_back({"OTHER",
                   "part of every method: nobody's value added: taxes on products and margins that cells pay, costs and output that the "
                   "accounts leave unexplained"});
    return all;
  }();
  return terms;
}

}  // namespace kontor
