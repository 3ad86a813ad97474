<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Bubble</name>
    <message>
        <source>sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>Not sent: %1. Click to try again.</source>
        <translation>未发送：%1。点击重试。</translation>
    </message>
    <message>
        <source>Not sent: %1.</source>
        <translation>未发送：%1。</translation>
    </message>
</context>
<context>
    <name>ChatWindow</name>
    <message>
        <source>MiniChat – %1</source>
        <translation>MiniChat – %1</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>聊天(&amp;C)</translation>
    </message>
    <message>
        <source>Log &amp;out</source>
        <translation>退出登录(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>关闭程序(&amp;Q)</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>&amp;Send</source>
        <translation>发送(&amp;S)</translation>
    </message>
    <message>
        <source>About the message</source>
        <translation>关于这条消息</translation>
    </message>
    <message>
        <source>The clipboard holds more than a message can.</source>
        <translation>剪贴板中的文字太长，一条消息放不下。</translation>
    </message>
    <message>
        <source>%1 of %2 characters: too long to be sent</source>
        <translation>%1/%2 个字符：太长，无法发送</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1/%2 个字符</translation>
    </message>
</context>
<context>
    <name>ConnectionBar</name>
    <message>
        <source>&amp;Try now</source>
        <translation>立即重试(&amp;T)</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>%1. Reconnecting in %2 s.</source>
        <translation>%1，%2 秒后重新连接。</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Newest messages</source>
        <translation>最新消息</translation>
    </message>
</context>
<context>
    <name>LeaveQuestion</name>
    <message>
        <source>Not everything has been sent (%1). Leave all the same?</source>
        <translation>还有消息没有发出（%1 条）。仍要离开吗？</translation>
    </message>
    <message>
        <source>MiniChat</source>
        <translation>MiniChat</translation>
    </message>
</context>
<context>
    <name>LoginWindow</name>
    <message>
        <source>&amp;Login</source>
        <translation>登录(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>MiniChat – Login</source>
        <translation>MiniChat – 登录</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Ser&amp;ver…</source>
        <translation>服务器(&amp;V)…</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>&amp;User name:</source>
        <translation>用户名(&amp;U)：</translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation>密码(&amp;P)：</translation>
    </message>
    <message>
        <source>A server is written HOST or HOST:PORT.</source>
        <translation>服务器应写成“主机”或“主机:端口”。</translation>
    </message>
    <message>
        <source>MiniChat</source>
        <translation>MiniChat</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>MessageBox</name>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter begins a new line</source>
        <translation>Enter 发送，Shift+Enter 换行</translation>
    </message>
</context>
<context>
    <name>MessageDelegate</name>
    <message>
        <source>What is said from now on appears here.</source>
        <translation>新消息会显示在这里。</translation>
    </message>
</context>
<context>
    <name>MessageListModel</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>MessageView</name>
    <message>
        <source>Messages</source>
        <translation>消息列表</translation>
    </message>
</context>
<context>
    <name>OnlineList</name>
    <message>
        <source>Who is online</source>
        <translation>在线的人</translation>
    </message>
    <message>
        <source>Online: %1</source>
        <translation>在线：%1</translation>
    </message>
</context>
<context>
    <name>OnlineListModel</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1（我）</translation>
    </message>
</context>
<context>
    <name>UncaughtExceptions</name>
    <message>
        <source>MiniChat</source>
        <translation>MiniChat</translation>
    </message>
    <message>
        <source>Something went wrong in MiniChat. It goes on if it can.</source>
        <translation>MiniChat 出了点问题，会尽量继续运行。</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>There is no server named %1, or this computer has no network.</source>
        <translation>找不到服务器 %1，或者这台电脑没有联网。</translation>
    </message>
    <message>
        <source>Nothing answers at %1: the server is not running, or the port is another.</source>
        <translation>%1 无人应答：服务器没有运行，或者端口不对。</translation>
    </message>
    <message>
        <source>There is no way to %1. Is this computer on the network?</source>
        <translation>无法到达 %1。这台电脑联网了吗？</translation>
    </message>
    <message>
        <source>%1 did not answer in time. Is the address right?</source>
        <translation>%1 没有及时应答。地址对吗？</translation>
    </message>
    <message>
        <source>%1 did not answer the login. It may not be a MiniChat server.</source>
        <translation>%1 没有应答登录请求。它可能不是 MiniChat 服务器。</translation>
    </message>
    <message>
        <source>What answers at %1 is not a MiniChat server.</source>
        <translation>%1 上运行的不是 MiniChat 服务器。</translation>
    </message>
    <message>
        <source>The connection to %1 broke off. Try again.</source>
        <translation>与 %1 的连接中断了。请重试。</translation>
    </message>
    <message>
        <source>The login was cancelled.</source>
        <translation>登录已取消。</translation>
    </message>
    <message>
        <source>Wrong user name or password.</source>
        <translation>用户名或密码错误。</translation>
    </message>
    <message>
        <source>Too many failed logins. Wait a minute, then try again.</source>
        <translation>登录失败次数太多。请等一分钟再试。</translation>
    </message>
    <message>
        <source>The server has too much to do. Try again in a moment.</source>
        <translation>服务器太忙。请稍后再试。</translation>
    </message>
    <message>
        <source>The server cannot reach its storage. Try again in a moment.</source>
        <translation>服务器暂时无法访问数据库。请稍后再试。</translation>
    </message>
    <message>
        <source>The server is going down. Try again in a while.</source>
        <translation>服务器正在关闭。请过一会儿再试。</translation>
    </message>
    <message>
        <source>The login took too long. Try again.</source>
        <translation>登录时间太长。请重试。</translation>
    </message>
    <message>
        <source>The server made a mistake, which is in its log. Try again.</source>
        <translation>服务器出错了，错误已记入它的日志。请重试。</translation>
    </message>
    <message>
        <source>The server refused the login.</source>
        <translation>服务器拒绝了登录。</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>没有网络</translation>
    </message>
    <message>
        <source>The server is not running</source>
        <translation>服务器没有运行</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>服务器没有应答</translation>
    </message>
    <message>
        <source>What answers is not a MiniChat server</source>
        <translation>对方不是 MiniChat 服务器</translation>
    </message>
    <message>
        <source>The server is going down</source>
        <translation>服务器正在关闭</translation>
    </message>
    <message>
        <source>The server has too much to do</source>
        <translation>服务器太忙</translation>
    </message>
    <message>
        <source>The server cannot reach its storage</source>
        <translation>服务器无法访问数据库</translation>
    </message>
    <message>
        <source>Too many logins</source>
        <translation>登录次数太多</translation>
    </message>
    <message>
        <source>This computer was too slow for the server</source>
        <translation>这台电脑接收得太慢</translation>
    </message>
    <message>
        <source>The server heard nothing from here</source>
        <translation>服务器没有收到这里的消息</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>the server has too much to do</source>
        <translation>服务器太忙</translation>
    </message>
    <message>
        <source>the server cannot reach its storage</source>
        <translation>服务器无法访问数据库</translation>
    </message>
    <message>
        <source>the server made a mistake</source>
        <translation>服务器出错了</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>太长了</translation>
    </message>
    <message>
        <source>there is no such room</source>
        <translation>没有这个房间</translation>
    </message>
    <message>
        <source>the server cannot store it</source>
        <translation>服务器无法保存它</translation>
    </message>
    <message>
        <source>Too many messages wait to be sent. Wait until the connection is back.</source>
        <translation>等待发送的消息太多。请等连接恢复。</translation>
    </message>
</context>
</TS>
