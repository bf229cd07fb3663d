//! What words mean: which of them say nothing, and which say the same.

use crate::tokens::{is_chinese, tokens};

/// Words, or pairs of characters, of which every question has some.
const EMPTY: &str = "a an the i im my me we our you your it its is are was be been am do does did dont doesnt didnt to \
    of in on at for from with and or but if so that this these those there then than what when why how which who where \
    can cant could should would will wont just get gets got getting have has had not no only still some any all also \
    about as by into like make makes need want use using used way python asyncio async example script program code \
    怎么 什么 为什 如何 怎样 么办 的时 时候 一个 里面 可以 是不 不是 还是 还在 就是 了怎 了吗 了什 有没 没有 我的 这个 那个 会怎";

/// The words of what is typed; without those that say nothing, unless there are no others.
pub(crate) fn words(typed: &str) -> Vec<String> {
    let all = tokens(typed);
    let empty = |token: &String| EMPTY.split_whitespace().any(|word| word == token);
    let telling: Vec<_> = all.iter().filter(|token| !empty(token)).cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// What of this field people say in several ways, in either language: a line each.
const SAME: &str = "\
hang hangs stuck freeze frozen freezes forever sits unresponsive 卡住 卡死 不动 没反应 挂起 挂住 永远 一直等
cancel cancelled kill abort 取消 终止 杀掉
timeout deadline late expired 超时 截止
slow takes long slower 慢 很慢 变慢 卡顿
lost lose missing disappears vanishes 丢 丢失 丢了 不见 没了 消失
swallow swallowed ignored silently eaten 吞掉 吃掉 吞了 忽略
order sequence 顺序 次序 先后
concurrent parallel simultaneously together 并发 同时 并行
sequential serial 串行 一个接一个 依次
limit limited most maximum 限制 最多 上限 控制
rate throttle 限速 限流 每秒 速率
queue 队列
producer producers 生产者
consumer consumers worker workers 消费者
lock mutex 锁 互斥
semaphore permit permits 信号量 许可
event 事件
condition notify 条件变量 通知
deadlock 死锁
race racing unsafe increment counter wrong 竞态 竞争 不对 少了 线程不安全
exception error raises raised fails failure 异常 报错 出错 失败 抛出
retry again attempts 重试
cache 缓存
thread threads 线程
process processes multiprocessing 进程
cpu computing compute heavy 计算 密集
block blocks blocking 阻塞 占住 堵住
synchronous sync requests 同步函数 同步 普通函数
file files disk 文件
server serve 服务器 服务端 服务
client clients 客户端
connection connections socket session 连接
close closed shutdown shut 关闭 停机
exit exits quit ends 退出 结束
generator generators yield 生成器
iterate iterator 迭代 迭代器 遍历
context contextvar 上下文
log logging 日志
debug 调试
progress monitor watch 进度 监控 查看 怎么看
database sql query queries 数据库 查询
transaction rollback 事务 回滚
cleanup finally 清理 收尾
crawler scraper spider crawl 爬虫 抓取
periodic schedule scheduled every timer 定时 每隔 周期
first fastest winner 最快 第一个 最先
background forget 后台
never-awaited awaited forgot 没有执行 没执行 没运行 不执行 忘记
difference vs versus 区别 不同 对比 哪个
response reply answer 响应 回答 答复
wait awaiting 等待
websocket heartbeat ping 心跳 断线
fair fairness starvation 公平 饿死 先拿到
many thousands lots 大量 成千 很多
memory leak 内存 泄漏 爆了
running present current 正在 当前
handler signal sigterm ctrl 信号
";

/// For each line of what is said in several ways of which something is typed, the rest of it.
pub(crate) fn synonyms(typed: &str) -> Vec<Vec<String>> {
    let (low, own) = (typed.to_lowercase(), tokens(typed));
    let said = |word: &str| match is_chinese(word) {
        true => low.contains(word),
        false => own.iter().any(|token| token == word),
    };
    let lines = SAME.lines().filter(|line| line.split_whitespace().any(said));
    let others = lines.map(|line| {
        let others = line.split_whitespace().filter(|word| !said(word));
        others.flat_map(tokens).collect::<Vec<_>>()
    });
    others.filter(|others| !others.is_empty()).collect()
}
