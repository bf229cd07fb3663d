//! Traditional Chinese characters of this field, which are found as the simplified ones.

use std::sync::OnceLock;

/// Pairs, in the order of the first: a traditional character and its simplified one.
const PAIRS: &str = "丟丢並并亂乱佇伫佔占來来係系個个們们備备傳传傷伤傾倾價价償偿優优儲储內内兩两別别則则動动務务協协問问啟启\
    單单嗎吗嚴严國国圍围圖图執执報报場场壞坏學学實实寫写對对導导層层幾几庫库後后從从惡恶愛爱態态憶忆應应懸悬\
    戰战戲戏戶户拋抛換换擁拥擇择擊击擋挡據据擠挤擲掷擴扩攔拦敗败敵敌數数斷断於于時时暫暂會会條条極极構构標标\
    樣样樹树機机檔档櫃柜欄栏權权歡欢殘残殺杀氣气決决沒没況况減减測测湊凑準准滯滞滿满漲涨漸渐潛潜潰溃濾滤災灾\
    為为無无煩烦熱热燒烧爭争爾尔牆墙狀状狹狭獨独獲获現现環环產产畫画異异當当發发盡尽監监盤盘確确碼码禮礼種种\
    稱称穩稳窮穷竄窜競竞筆笔節节築筑簡简糾纠紀纪紅红納纳純纯紙纸級级細细終终組组結结絕绝絡络給给統统綁绑經经\
    維维網网緊紧緒绪線线緩缓練练縮缩總总織织繼继續续罰罚習习聯联聽听腦脑膽胆與与舉举舊旧蓋盖處处號号蟲虫衝冲裏里\
    補补裡里複复覆复見见規规視视覺觉觀观觸触計计訊讯記记訪访設设許许註注詢询試试話话該该詳详誌志認认誘诱語语\
    誠诚誤误說说誰谁課课調调請请諾诺證证識识譯译議议護护讀读變变讓让負负貨货責责費费資资質质賴赖購购軟软較较\
    載载輕轻輪轮輯辑輸输轉转辦办農农這这連连進进過过達达遠远適适遲迟選选遺遗還还邊边邏逻郵邮鄰邻釋释針针鈕钮\
    銀银錄录錢钱錯错鍵键鎖锁鏈链鐘钟長长門门閉闭開开閒闲間间閱阅闖闯關关陣阵陸陆隊队隨随隱隐雖虽雙双雜杂離离\
    難难電电靜静響响頁页項项順顺須须預预領领頻频題题額额類类顯显風风飛飞餓饿饑饥駐驻騙骗驅驱驗验體体麼么黃黄\
    點点齊齐";

/// The simplified character for a traditional one; any other as it is.
pub fn simplified(letter: char) -> char {
    static TABLE: OnceLock<Vec<(char, char)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let letters: Vec<char> = PAIRS.chars().collect();
        letters.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    let place = table.binary_search_by_key(&letter, |(traditional, _)| *traditional);
    place.map_or(letter, |place| table[place].1)
}

/// Words of Taiwan, in simplified characters, and what the same is called elsewhere.
const ELSEWHERE: &[(&str, &str)] = &[
    ("非同步", "异步"),
    ("执行绪", "线程"),
    ("程式", "程序"),
    ("回圈", "循环"),
    ("迴圈", "循环"),
    ("伺服器", "服务器"),
    ("伫列", "队列"),
    ("例外", "异常"),
    ("逾时", "超时"),
    ("快取", "缓存"),
    ("档案", "文件"),
    ("连线", "连接"),
    ("网路", "网络"),
    ("记忆体", "内存"),
    ("回传", "返回"),
    ("呼叫", "调用"),
    ("函式", "函数"),
    ("物件", "对象"),
    ("讯号", "信号"),
    ("号志", "信号量"),
    ("资料库", "数据库"),
    ("资料", "数据"),
    ("目前", "当前"),
    ("取得", "获取"),
];

/// A text in simplified characters, and with the words that are used with them.
pub(crate) fn spoken(text: &str) -> String {
    let simple: String = text.chars().map(simplified).collect();
    ELSEWHERE.iter().fold(simple, |text, (there, here)| text.replace(there, here))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_of_pairs() {
        let letters: Vec<char> = PAIRS.chars().collect();
        assert!(letters.len().is_multiple_of(2));
        assert!(letters.chunks(2).is_sorted_by(|left, right| left[0] < right[0]));
    }

    #[test]
    fn traditional_characters_are_found_as_simplified_ones() {
        let text: String = "協程沒有執行，任務逾時".chars().map(simplified).collect();
        assert_eq!(text, "协程没有执行，任务逾时");
        assert_eq!(simplified('锁'), '锁');
        assert_eq!(spoken("非同步程式裡的佇列"), "异步程序里的队列");
    }
}
