"""The style and the script of the audit's page; nothing is fetched."""

STYLE = """
:root{--ink:#1c2430;--ink2:#4b5866;--line:#d5dbe2;--action:#1d5fa8;--error:#b3261e;--warning:#855000;--info:#1d5fa8;--style:#5f6b78;--canvas:#f4f6f8;--surface:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaee;--ink2:#b4bec8;--line:#323c47;--action:#7fb3ea;--error:#ff9a92;--warning:#f0bd62;--info:#7fb3ea;--style:#98a4b0;--canvas:#12171d;--surface:#1a2129}}
*{box-sizing:border-box}body{margin:0;background:var(--canvas);color:var(--ink);font:14px/22px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
header{padding:12px 16px}h1{font-size:18px;line-height:26px;margin:0}header p{margin:2px 0;color:var(--ink2)}
.panes{display:grid;grid-template-columns:minmax(0,1fr) 486px;gap:12px;padding:0 16px 16px;align-items:start}
.text,aside{background:var(--surface);border:1px solid var(--line);border-radius:3px;padding:12px 16px}
.text{background:#fff;color:#1c2430;font:15px/26px FangSong,STFangsong,"Noto Serif CJK SC",serif}
aside{position:sticky;top:0;max-height:100vh;overflow:auto}
.text p,.text h3{margin:0 0 6px;white-space:pre-wrap;overflow-wrap:anywhere}.text h3{font-size:15px}
table{border-collapse:collapse;width:100%;margin:6px 0}td,th{border:1px solid var(--line);padding:3px 6px;font-size:13px;line-height:20px;text-align:left;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums}.failed td{color:var(--error)}
.finding{border-bottom:1px solid var(--line);padding:8px 0 8px 8px;border-left:3px solid transparent;cursor:pointer}
.finding p{margin:0}.finding.on{border-left-color:var(--action);background:var(--canvas)}
.finding blockquote{margin:4px 0;padding:2px 8px;background:#fff2b8;color:#1c2430;font-size:13px}
.finding dl{display:none;margin:4px 0 0;font-size:13px;line-height:20px}.finding.on dl{display:grid;grid-template-columns:52px 1fr}.finding dt{color:var(--ink2)}.finding dd{margin:0}
.tag,.count{font-size:12px;border:1px solid;border-radius:2px;padding:0 4px;white-space:nowrap}
.error .tag,.count.error,sup.error{color:var(--error)}.warning .tag,.count.warning,sup.warning{color:var(--warning)}.info .tag,.count.info,sup.info{color:var(--info)}.style .tag,.count.style,sup.style{color:var(--style)}
mark{background:none;color:inherit;cursor:pointer;text-underline-offset:3px}mark.on{background:#fff2b8}
mark.error{text-decoration:underline double #b3261e}mark.warning{text-decoration:underline dashed #855000}mark.info{text-decoration:underline dotted #1d5fa8}mark.style{text-decoration:underline solid 1px #5f6b78}
sup{font:700 11px/1 sans-serif;padding:0 2px;cursor:pointer}
svg{width:100%;font-size:11px;fill:currentColor}.full{fill:none;stroke:currentColor}.got{fill:currentColor;opacity:.75}.computed{fill:var(--surface);stroke:var(--action);stroke-width:1.5}figure{margin:16px 0 0}figcaption{font-weight:700}
.none{color:var(--ink2)}.unread{color:var(--warning);margin:4px 0;padding-left:20px}
:focus-visible{outline:2px solid var(--action)}
.shut{display:none}.waived li{margin:0 0 6px}
@media (max-width:1000px){.panes{grid-template-columns:minmax(0,1fr)}aside{position:static;max-height:none}}
@media screen and (max-width:1000px){sup,.text p,.text table{scroll-margin-top:18vh}.finding.on{position:fixed;left:0;right:0;bottom:0;z-index:9;max-height:44vh;overflow:auto;margin:0;padding:10px 16px;background:var(--surface);border:0;border-top:3px solid var(--action);box-shadow:0 -4px 16px rgba(0,0,0,.25);cursor:default}
.finding.on .shut{display:block;min-height:44px;width:100%;margin:8px 0 0;font:inherit;color:var(--action);background:none;border:1px solid var(--line);border-radius:3px}}
@media print{.panes{display:block}aside{max-height:none;position:static;border:0}.finding dl{display:grid;grid-template-columns:52px 1fr}body{background:#fff;color:#000}}
"""

# Where no script runs, everything that is said of a finding stands there.
STYLE_WITHOUT_SCRIPT = ".finding dl{display:grid;grid-template-columns:52px 1fr}"

SCRIPT = """
(function(){
var came='',all=Array.prototype.slice.call(document.querySelectorAll('.finding'));
function narrow(){return matchMedia('(max-width:1000px)').matches}
function pick(card,move){
 came=move;
 document.querySelectorAll('.on').forEach(function(e){e.classList.remove('on')});
 card.classList.add('on');
 var id=card.dataset.mark,number=document.getElementById(id);
 document.querySelectorAll('mark').forEach(function(m){if((' '+m.dataset.marks+' ').indexOf(' '+id+' ')>=0)m.classList.add('on')});
 if(move==='text'&&number)number.scrollIntoView({block:narrow()?'start':'center'});
 if(move==='card'){
  card.scrollIntoView({block:'nearest'});
  if(narrow()&&number&&number.getBoundingClientRect().bottom>innerHeight/2)number.scrollIntoView({block:'start'});
 }
}
function close(card){
 document.querySelectorAll('.on').forEach(function(e){e.classList.remove('on')});
 if(came==='text')card.scrollIntoView({block:'nearest'});
}
document.addEventListener('click',function(e){
 var shut=e.target.closest('.shut');if(shut){close(shut.closest('.finding'));return}
 if(e.target.closest('.finding.on a'))return;
 var card=e.target.closest('.finding');if(card){pick(card,'text');return}
 var number=e.target.closest('sup');if(number){pick(document.getElementById(number.dataset.leads),'card');return}
 var mark=e.target.closest('mark');if(mark){pick(document.querySelector('[data-mark="'+mark.dataset.marks.split(' ')[0]+'"]'),'card')}
});
document.addEventListener('keydown',function(e){
 if(e.isComposing)return;
 if(e.key==='Escape'){var open=document.querySelector('.finding.on');if(open)close(open)}
 if(e.key==='F8'){e.preventDefault();var at=all.findIndex(function(c){return c.classList.contains('on')});var next=all[(at+(e.shiftKey?-1:1)+all.length)%all.length];if(next){pick(next,'text');next.scrollIntoView({block:'nearest'})}}
 if(e.key==='Enter'&&e.target.classList&&e.target.classList.contains('finding'))pick(e.target,'text');
});
})();
"""
