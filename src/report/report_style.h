// The look of the report: black on white, one blue for gains and one orange for losses, the system's own fonts.
#pragma once

namespace kontor {

inline constexpr const char* report_style = R"css(
:root { color-scheme: light; --ink: #1b1f24; --muted: #57606a; --line: #d0d7de; --soft: #f6f8fa; --gain: #1f5f8b; --loss: #b35806; }
* { box-sizing: border-box; }
html { font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif; color: var(--ink); background: #fff; }
body { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
.skip { position: absolute; left: -100rem; } .skip:focus { position: static; }
a { color: var(--gain); } a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 2px solid var(--gain); outline-offset: 2px; }
header { padding: 2.5rem 0 1rem; border-bottom: 2px solid var(--ink); }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
header p { margin: .15rem 0; color: var(--muted); }
nav ol { columns: 3 13rem; column-gap: 2rem; padding-left: 1.4rem; margin: 1rem 0; font-size: .9rem; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
section { padding-top: 1.2rem; margin-top: 1.8rem; border-top: 1px solid var(--line); }
h2 { font-size: 1.3rem; margin: 0 0 .6rem; font-weight: 650; } h2 .no { color: var(--muted); font-weight: 400; margin-right: .5rem; }
h3 { font-size: 1.02rem; margin: 1.5rem 0 .4rem; font-weight: 650; overflow-wrap: anywhere; }
p { max-width: 46rem; margin: .5rem 0; overflow-wrap: anywhere; } li, dd { overflow-wrap: anywhere; }
.note, .none { color: var(--muted); font-size: .92rem; }
.warning { border-left: 4px solid var(--loss); padding: .4rem .9rem; background: #fdf5ec; }
ol.answer { font-size: 1.08rem; line-height: 1.5; padding-left: 1.5rem; max-width: 50rem; } ol.answer li { margin: .5rem 0; } ol.answer li:first-child { font-weight: 600; }
.scroll { overflow-x: auto; margin: .9rem 0; }
table { border-collapse: collapse; font-size: .875rem; line-height: 1.35; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; } 
th, td { padding: .28rem .7rem .28rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; unicode-bidi: isolate; }
td, tbody th { overflow-wrap: break-word; max-width: 26rem; } tbody th { min-width: 9.5rem; } tfoot th { white-space: nowrap; }
thead th { color: var(--muted); border-bottom: 1px solid var(--ink); vertical-align: bottom; font-size: .82rem; }
.n { text-align: right; padding-left: .7rem; } td.n { white-space: nowrap; } tfoot th, tfoot td { font-weight: 600; border-top: 1px solid var(--ink); border-bottom: 0; }
figure { margin: 1.2rem 0; } figcaption { font-weight: 600; font-size: .92rem; } figure .scroll { margin: .4rem 0; }
details { margin: .3rem 0; } summary { cursor: pointer; color: var(--gain); font-size: .875rem; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .15rem 1rem; margin: .4rem 0; font-size: .92rem; } dt { color: var(--muted); } dd { margin: 0; }
pre { background: var(--soft); border: 1px solid var(--line); padding: .6rem .8rem; overflow-x: auto; font-size: .85rem; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--muted); font-size: .85rem; }
svg { display: block; max-width: 100%; min-width: 38rem; height: auto; font-size: 12px; font-family: inherit; font-variant-numeric: tabular-nums; } svg text { fill: var(--ink); }
svg .muted { fill: var(--muted); } svg .strong { font-weight: 600; } svg .small { font-size: 10.5px; } svg .on-dark { fill: #fff; }
svg .gain { fill: var(--gain); } svg .total { fill: #30363d; } svg .axis { stroke: #57606a; stroke-width: 1; } svg .link { stroke: #8c959f; stroke-width: 1; }
svg .pending { fill: #fff; stroke: #8c959f; stroke-dasharray: 3 2; } svg .guide { stroke: #d8dee4; stroke-width: 1; stroke-dasharray: 1 3; } svg .none { stroke: #d0d7de; stroke-width: 1; }
svg .loss-ground { fill: #fbe3c8; } svg .loss-stroke { stroke: var(--loss); stroke-width: 4; } svg .edge-loss { stroke: var(--loss); stroke-width: 1; }
svg .passing-ground { fill: #fff; } svg .passing-stroke { stroke: #4d8bb5; stroke-width: 3; } svg .edge-passing { stroke: #4d8bb5; stroke-width: 1; }
svg rect[class^="up"], svg rect[class^="down"], svg .heat0 { stroke: #fff; stroke-width: 1; } svg .heat0 { fill: #f3f4f6; }
svg .up1 { fill: #1f5f8b; } svg .up2 { fill: #6ea6cc; } svg .up3 { fill: #b4d2e6; } svg .up4 { fill: #e1edf5; }
svg .down1 { fill: #b35806; } svg .down2 { fill: #e59a4f; } svg .down3 { fill: #f6cb9c; } svg .down4 { fill: #fcecd9; }
svg .mark { stroke: #7a3b00; stroke-width: 1.5; } svg .mark-light { stroke: #fff; stroke-width: 1.5; }
@media (max-width: 56rem) { table { font-size: .8rem; } th, td { padding-right: .35rem; } .n { padding-left: .45rem; } tbody th { min-width: 7.5rem; } }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; } h1 { font-size: 1.5rem; } caption { max-width: calc(100vw - 2.5rem); } nav ol { columns: 1; } }
@media print {
  @page { size: A4; margin: 16mm 14mm; } html { font-size: 10.5pt; } body { max-width: none; padding: 0; } nav, .skip, summary { display: none; }
  section { break-inside: auto; } h2, h3, figcaption, caption { break-after: avoid; } figure, tr, article > dl { break-inside: avoid; } .scroll { overflow: visible; }
  svg { min-width: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; } table { font-size: 8pt; } th, td { padding: .16rem .35rem .16rem 0; } .n { padding-left: .35rem; } tbody th { min-width: 6rem; } a { color: inherit; text-decoration: none; }
}
)css";

}  // namespace kontor
