"""One spelling of a text for patterns: the same length, so that every position stays what it was."""

import re
from functools import lru_cache

from hengji.model.patterns import pattern

_FULL = "（）［］｛｝，：；！？％．＋－＝＜＞／＆＃＠＊｜～　\u00a0\u2002\u2003\u2007\u2008\u2009\u202f﹝﹞〈〉"
_HALF = "()[]{},:;!?%.+-=<>/&#@*|~        〔〕〔〕"
_DIGITS = {ord("０") + n: str(n) for n in range(10)}
_LETTERS = {ord("Ａ") + n: chr(ord("A") + n) for n in range(26)} | {ord("ａ") + n: chr(ord("a") + n) for n in range(26)}
_SAME = {
    "≧": "≥",
    "≦": "≤",
    "﹪": "%",
    "╱": "/",
    "﹣": "-",
    "−": "-",
    "─": "-",
    "┃": "|",
    "│": "|",
    "∣": "|",
    "¦": "|",
    "‖": "|",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}
# Traditional characters that have one simplified form, in the words that reports use.
_TRADITIONAL = (
    "績評報門體縣審計負責對級預執財務實監編職萬億撥項無結論優閱賬臺據為準確標設應問題滿發還並併後關於與區鎮鄉國際條規則構機辦處產資庫購買貨採質數時間進達運轉終統總綜"
    "組織經濟會議員軍農業衛療醫藥險貸額節約車輛電話訊聯絡係繫類種築備檢驗測試檔營環護養樹漁礦貿稅費價線網頁圖書館學師歷曆專術認證許調劑製複復雜難點強勢壓縮減擔擬訂簽"
    "換獎勵榮譽稱號單個兩雙歲場開閉見覽視覺聽説說讀寫記錄講課談請謝識語誤誠詳該諮詢變讓賠償賞賦賴貧貴賀貫贈趙趨躍軟較載輔輕輸轄辭邊邁遲適選遺鄰釋針釘鐵鋼錢錯鍵鏈鑒長"
    "閒閣陸陽陰隊階隨隱雞離雲靈靜順須顧頓領頭頻風飛飯餘駐驅鬥鮮鳥鹽麥黃齊齡龍廳廠廣廟廢張彈徑從徵徹態憑憲懷懇戰戶掃掛揚損搶擇擊擴擾攝敗敵斷昇晉暢曉東極樓樣橋權歐歡歸"
    "殘殺決沒況淨淺淚溝溫滅漲漸潔潛澤濃灣災煙熱燈爭爾牆獨獲現畝畢畫當皺盜盡盤盧眾睜礎礙禮禦穀積穩窮競筆範簡糧糾紀紅納純紙細絕給綠維綱緊緒緩練縱繼續纔罰羅習聖聞聲腦臨"
    "舉舊艱藝蘇虛衆衝補裝親觀觸訓託訪訴診詞誌諾謀譯讚豐貢貪貯貼賣贏趕跡踐蹟軌輪逕連週遊過違遠遞遷郵鄭醞釀銀銷鋪鎖鏡閘隸雖霧韓響頂頗顆願顯飲騎驚髒魚鳳黨內冊凍剛創劃劇"
    "勞匯協卻參喪嚴圍園圓團堅塊塗塵墊墳壞壽夠奧奪婦媽孫寧寬寶將尋導屆屬島幣幹幾來侖倉傳債傷僅儀儘儲兒兇別刪剎労勝動勸醜馮沖凱鑿劉啟喚嘗"
)
_SIMPLIFIED = (
    "绩评报门体县审计负责对级预执财务实监编职万亿拨项无结论优阅账台据为准确标设应问题满发还并并后关于与区镇乡国际条规则构机办处产资库购买货采质数时间进达运转终统总综"
    "组织经济会议员军农业卫疗医药险贷额节约车辆电话讯联络系系类种筑备检验测试档营环护养树渔矿贸税费价线网页图书馆学师历历专术认证许调剂制复复杂难点强势压缩减担拟订签"
    "换奖励荣誉称号单个两双岁场开闭见览视觉听说说读写记录讲课谈请谢识语误诚详该咨询变让赔偿赏赋赖贫贵贺贯赠赵趋跃软较载辅轻输辖辞边迈迟适选遗邻释针钉铁钢钱错键链鉴长"
    "闲阁陆阳阴队阶随隐鸡离云灵静顺须顾顿领头频风飞饭余驻驱斗鲜鸟盐麦黄齐龄龙厅厂广庙废张弹径从征彻态凭宪怀恳战户扫挂扬损抢择击扩扰摄败敌断升晋畅晓东极楼样桥权欧欢归"
    "残杀决没况净浅泪沟温灭涨渐洁潜泽浓湾灾烟热灯争尔墙独获现亩毕画当皱盗尽盘卢众睁础碍礼御谷积稳穷竞笔范简粮纠纪红纳纯纸细绝给绿维纲紧绪缓练纵继续才罚罗习圣闻声脑临"
    "举旧艰艺苏虚众冲补装亲观触训托访诉诊词志诺谋译赞丰贡贪贮贴卖赢赶迹践迹轨轮径连周游过违远递迁邮郑酝酿银销铺锁镜闸隶虽雾韩响顶颇颗愿显饮骑惊脏鱼凤党内册冻刚创划剧"
    "劳汇协却参丧严围园圆团坚块涂尘垫坟坏寿够奥夺妇妈孙宁宽宝将寻导届属岛币干几来仑仓传债伤仅仪尽储儿凶别删刹劳胜动劝丑冯冲凯凿刘启唤尝"
)
_TABLE = (
    str.maketrans(_FULL, _HALF) | _DIGITS | _LETTERS | str.maketrans(_SAME) | str.maketrans(_TRADITIONAL, _SIMPLIFIED)
)


_SPELT = {chr(code): chr(to) if isinstance(to, int) else to for code, to in _TABLE.items()}
_SPELT_OTHERWISE = pattern(f"[{''.join(map(re.escape, _SPELT))}]")  # few of the characters of a text


TRADITIONAL = pattern(f"[{''.join(a for a, b in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if a != b)}]")

# A text whose copy folded all marks ends its sentences with points: those between Chinese words are full stops.
_STOP = pattern(r"(?<![一二三四五六七八九十百])(?<=[\u4e00-\u9fff%)\"])\.(?=[\u4e00-\u9fff\s\"(]|$)")

# Thousands set apart by blanks: 「6 332.40万元」. Behind a word and in front of a unit or of arithmetic, never a row of figures.
_THIN = pattern(
    r"(?:(?<=[\u4e00-\u9fff(:=+\-÷×/,*])|(?<=[\u4e00-\u9fff÷×+=] ))\d{1,3}(?: \d{3})+(?:\.\d+)?"
    r"(?=\s?(?:万|亿|元|[人名个件户次份亩条吨家台套头株册卷米]|平方|立方|公[里斤顷]|千[米克瓦])|(?<=\.\d\d)\s?[)÷×+=\-/*,;。、])"
)


# Points in the brackets of document numbers: 「目标设定〔本项8分〕」.
_POINTS = pattern(r"〔(?P<inside>[^〔〕()\n]{0,12}\d\s?分[^〔〕()\n]{0,12})〕")
_BLANKED = pattern(r"\d \d{3}")


def flat(text: str) -> str:
    """The text with half-width digits, letters and punctuation and simplified characters, as many as before."""
    plain = _SPELT_OTHERWISE.sub(lambda match: _SPELT[match[0]], text)
    if _BLANKED.search(plain):
        plain = _THIN.sub(lambda match: match[0].replace(" ", ","), plain)
    if "〔" in plain:
        plain = _POINTS.sub(lambda match: f"({match['inside']})", plain)
    return _STOP.sub("。", plain) if "." in plain and "。" not in plain else plain


@lru_cache(maxsize=2)
def flat_whole(text: str) -> str:
    """The same for the text of a document, remembered for those who read it one after the other."""
    return flat(text)
