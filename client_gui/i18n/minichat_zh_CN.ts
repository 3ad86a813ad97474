<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AccountBox</name>
    <message>
        <source>Account</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove this account</source>
        <translation>移除此账号</translation>
    </message>
    <message>
        <source>Do not offer this account any more, and forget its login</source>
        <translation>不再列出此账号，并忘记它的登录</translation>
    </message>
    <message>
        <source>Another account…</source>
        <translation>其他账号…</translation>
    </message>
</context>
<context>
    <name>AccountMenu</name>
    <message>
        <source>S&amp;witch account</source>
        <translation>切换账号(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Another account…</source>
        <translation>其他账号(&amp;A)…</translation>
    </message>
</context>
<context>
    <name>Bubble</name>
    <message>
        <source>edited %1</source>
        <translation>已编辑 %1</translation>
    </message>
</context>
<context>
    <name>ChatWindow</name>
    <message>
        <source>MiniChat – %1</source>
        <translation>MiniChat – %1</translation>
    </message>
</context>
<context>
    <name>Completer</name>
    <message>
        <source>Suggestions: %1. %2</source>
        <translation>%1 个建议：%2</translation>
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
    <message>
        <source>Send (Enter)</source>
        <translation>发送（Enter）</translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>发送（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Emoji (Ctrl+E)</source>
        <translation>表情（Ctrl+E）</translation>
    </message>
</context>
<context>
    <name>ComposingStrip</name>
    <message>
        <source>Cancel (Escape)</source>
        <translation>取消 (Esc)</translation>
    </message>
    <message>
        <source>Replying to %1: %2</source>
        <translation>回复%1：%2</translation>
    </message>
    <message>
        <source>Editing: %1</source>
        <translation>正在编辑：%1</translation>
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
    <message>
        <source>Connect at once (F5)</source>
        <translation>立即连接（F5）</translation>
    </message>
    <message>
        <source>&amp;Details…</source>
        <translation>详情(&amp;D)…</translation>
    </message>
    <message>
        <source>Find out what is wrong with the connection</source>
        <translation>查明连接出了什么问题</translation>
    </message>
    <message>
        <source>Show what was not sent</source>
        <translation>显示未发出的消息</translation>
    </message>
    <message>
        <source>Not everything could be sent.</source>
        <translation>有消息没能发出。</translation>
    </message>
    <message>
        <source>&amp;Unsent: %1</source>
        <translation>未发出：%1(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Waiting: %1</source>
        <translation>等待发送：%1(&amp;W)</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>MiniChat – The connection</source>
        <translation>MiniChat – 连接</translation>
    </message>
    <message>
        <source>The connection to %1</source>
        <translation>与 %1 的连接</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>重新检查(&amp;A)</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>复制报告(&amp;R)</translation>
    </message>
    <message>
        <source>For whoever helps you; no password and no message is in it</source>
        <translation>给帮助您的人；其中没有密码，也没有消息</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
</context>
<context>
    <name>EmojiPicker</name>
    <message>
        <source>Emoji</source>
        <translation>表情</translation>
    </message>
    <message>
        <source>Find an emoji by its name</source>
        <translation>按名称查找表情</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>There is no such emoji.</source>
        <translation>没有这样的表情。</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Smileys</source>
        <translation>笑脸</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Animals and plants</source>
        <translation>动物与植物</translation>
    </message>
    <message>
        <source>Food and drink</source>
        <translation>食物与饮料</translation>
    </message>
    <message>
        <source>Sports and games</source>
        <translation>运动与游戏</translation>
    </message>
    <message>
        <source>Travel and weather</source>
        <translation>旅行与天气</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Signs</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>旗帜</translation>
    </message>
</context>
<context>
    <name>EmptyNote</name>
    <message>
        <source>Ctrl+K finds rooms and people, Ctrl+N makes a room.</source>
        <translation>Ctrl+K 查找房间和联系人，Ctrl+N 新建房间。</translation>
    </message>
    <message>
        <source>Nobody has said anything here yet. Write something below.</source>
        <translation>这里还没有人说话。在下面写点什么吧。</translation>
    </message>
</context>
<context>
    <name>JoinDialog</name>
    <message>
        <source>Join a room</source>
        <translation>加入房间</translation>
    </message>
    <message>
        <source>Name of a room</source>
        <translation>房间名称</translation>
    </message>
    <message>
        <source>Public rooms</source>
        <translation>公开房间</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>&amp;Join</source>
        <translation>加入(&amp;J)</translation>
    </message>
    <message>
        <source>There are more; type the name of the one you want.</source>
        <translation>还有更多房间；请直接输入要加入的房间名称。</translation>
    </message>
    <message>
        <source>There are no public rooms yet.</source>
        <translation>还没有公开房间。</translation>
    </message>
    <message>
        <source>Name of a room, or @user</source>
        <translation>房间名称，或 @用户名</translation>
    </message>
</context>
<context>
    <name>JumpButton</name>
    <message>
        <source>Newest messages</source>
        <translation>最新消息</translation>
    </message>
    <message>
        <source>%1 new</source>
        <translation>%1 条新消息</translation>
    </message>
    <message>
        <source>First unread message</source>
        <translation>首条未读消息</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>未读</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>MiniChat – Keys</source>
        <translation>MiniChat – 快捷键</translation>
    </message>
    <message>
        <source>Find a key</source>
        <translation>查找快捷键</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
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
    <name>LineDialog</name>
    <message>
        <source>&amp;OK</source>
        <translation>确定(&amp;O)</translation>
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
    <message>
        <source>&amp;Account:</source>
        <translation>账号(&amp;A)：</translation>
    </message>
    <message>
        <source>&amp;What is wrong?</source>
        <translation>哪里出了问题(&amp;W)？</translation>
    </message>
    <message>
        <source>remembered</source>
        <translation>已记住</translation>
    </message>
</context>
<context>
    <name>MainMenu</name>
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
    <message>
        <source>&amp;Rooms</source>
        <translation>房间(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;New room…</source>
        <translation>新建房间(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Join a room…</source>
        <translation>加入房间(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Previous room</source>
        <translation>上一个房间(&amp;P)</translation>
    </message>
    <message>
        <source>Ne&amp;xt room</source>
        <translation>下一个房间(&amp;X)</translation>
    </message>
    <message>
        <source>&amp;Search in this room…</source>
        <translation>搜索本房间(&amp;S)…</translation>
    </message>
    <message>
        <source>Search &amp;everywhere…</source>
        <translation>搜索全部(&amp;E)…</translation>
    </message>
    <message>
        <source>P&amp;revious unread room</source>
        <translation>上一个未读房间(&amp;R)</translation>
    </message>
    <message>
        <source>Next &amp;unread room</source>
        <translation>下一个未读房间(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>窗口的下一部分(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous part of the window</source>
        <translation>窗口的上一部分(&amp;P)</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Usual size of text</source>
        <translation>默认字号(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Find a room or a person…</source>
        <translation>查找房间或联系人(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Next hit</source>
        <translation>下一个结果(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous hit</source>
        <translation>上一个结果(&amp;P)</translation>
    </message>
    <message>
        <source>P&amp;in or unpin</source>
        <translation>置顶/取消置顶(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Mute or unmute</source>
        <translation>免打扰/取消免打扰(&amp;M)</translation>
    </message>
    <message>
        <source>Mark as r&amp;ead</source>
        <translation>标为已读(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;First unread message</source>
        <translation>首条未读消息(&amp;F)</translation>
    </message>
    <message>
        <source>Ne&amp;west message</source>
        <translation>最新消息(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Connect now</source>
        <translation>立即连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Unsent messages</source>
        <translation>未发出的消息(&amp;U)</translation>
    </message>
    <message>
        <source>C&amp;heck the connection…</source>
        <translation>检查连接(&amp;H)…</translation>
    </message>
</context>
<context>
    <name>MemberListModel</name>
    <message>
        <source>owner</source>
        <translation>群主</translation>
    </message>
    <message>
        <source>moderator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>MembersDialog</name>
    <message>
        <source>Members of %1</source>
        <translation>%1的成员</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Me&amp;ssage</source>
        <translation>发消息(&amp;S)</translation>
    </message>
    <message>
        <source>Make &amp;moderator</source>
        <translation>设为管理员(&amp;M)</translation>
    </message>
    <message>
        <source>Make &amp;owner</source>
        <translation>转让群主(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移出房间(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Invite</source>
        <translation>邀请(&amp;I)</translation>
    </message>
    <message>
        <source>There are more than are shown.</source>
        <translation>成员太多，未全部列出。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>User name to invite</source>
        <translation>要邀请的用户名</translation>
    </message>
    <message>
        <source>Make &amp;member</source>
        <translation>设为普通成员(&amp;M)</translation>
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
    <message>
        <source>Ctrl+Enter sends, Enter begins a new line</source>
        <translation>按 Ctrl+Enter 发送，按 Enter 换行</translation>
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
    <message>
        <source>answers %1</source>
        <translation>回复%1</translation>
    </message>
    <message>
        <source>unread from here</source>
        <translation>以下未读</translation>
    </message>
    <message>
        <source>names you</source>
        <translation>提到了你</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>&amp;Reply</source>
        <translation>回复(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;act…</source>
        <translation>表情回应(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Go to the &amp;quoted message</source>
        <translation>转到被引用的消息(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Who has read it</source>
        <translation>谁已读(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>移除(&amp;M)</translation>
    </message>
    <message>
        <source>Do &amp;not send</source>
        <translation>取消发送(&amp;N)</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制 %1</translation>
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
    <name>NewRoomDialog</name>
    <message>
        <source>New room</source>
        <translation>新建房间</translation>
    </message>
    <message>
        <source>Public: anybody may join</source>
        <translation>公开：任何人都可以加入</translation>
    </message>
    <message>
        <source>Private: by invitation only</source>
        <translation>私密：仅限受邀者加入</translation>
    </message>
    <message>
        <source>Announcements: only moderators write</source>
        <translation>公告：仅管理员可以发言</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>名称(&amp;N)：</translation>
    </message>
    <message>
        <source>&amp;Kind:</source>
        <translation>类型(&amp;K)：</translation>
    </message>
    <message>
        <source>&amp;Topic:</source>
        <translation>话题(&amp;T)：</translation>
    </message>
    <message>
        <source>&amp;Create</source>
        <translation>创建(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Notifications</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>OfferList</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
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
    <message>
        <source>Send a &amp;message</source>
        <translation>发消息(&amp;M)</translation>
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
    <name>OutboxModel</name>
    <message>
        <source>Room</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写于</translation>
    </message>
    <message>
        <source>Why it is here</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>sent, and not answered yet</source>
        <translation>已发出，尚无回应</translation>
    </message>
    <message>
        <source>waits for the connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>not sent: %1</source>
        <translation>未发送：%1</translation>
    </message>
</context>
<context>
    <name>OutboxPanel</name>
    <message>
        <source>Not sent: %1</source>
        <translation>未发出：%1</translation>
    </message>
    <message>
        <source>Everything has been sent.</source>
        <translation>全部已发出。</translation>
    </message>
    <message>
        <source>Messages that were not sent</source>
        <translation>未发出的消息</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>&amp;Go there</source>
        <translation>转到那里(&amp;G)</translation>
    </message>
    <message>
        <source>Show it in its room (Enter)</source>
        <translation>在所在房间中显示（Enter）</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Write it anew in its room (F2)</source>
        <translation>在所在房间中重写（F2）</translation>
    </message>
    <message>
        <source>&amp;Send again</source>
        <translation>重新发送(&amp;S)</translation>
    </message>
    <message>
        <source>Offer it to the server once more (Ctrl+R)</source>
        <translation>再次发给服务器（Ctrl+R）</translation>
    </message>
    <message>
        <source>&amp;Do not send</source>
        <translation>不发送(&amp;D)</translation>
    </message>
    <message>
        <source>Take it away (Del)</source>
        <translation>移除（Del）</translation>
    </message>
</context>
<context>
    <name>PasswordLine</name>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>Show or hide the password</source>
        <translation>显示或隐藏密码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>大写锁定已打开。</translation>
    </message>
</context>
<context>
    <name>PasteQuestion</name>
    <message>
        <source>Paste %1 lines, %2 characters?</source>
        <translation>要粘贴 %1 行、%2 个字符吗？</translation>
    </message>
    <message>
        <source>One message can have %1.</source>
        <translation>一条消息最多 %1 个字符。</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>Do &amp;not paste</source>
        <translation>不粘贴(&amp;N)</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Esc 键</translation>
    </message>
</context>
<context>
    <name>PlaceDelegate</name>
    <message>
        <source>Join</source>
        <translation>加入</translation>
    </message>
</context>
<context>
    <name>PlacesModel</name>
    <message>
        <source>not joined</source>
        <translation>未加入</translation>
    </message>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>unread: %1</source>
        <translation>未读：%1</translation>
    </message>
    <message>
        <source>names you: %1</source>
        <translation>提到你：%1</translation>
    </message>
</context>
<context>
    <name>QuoteBlock</name>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>a message that is not here</source>
        <translation>消息不在此处</translation>
    </message>
</context>
<context>
    <name>ReactionPalette</name>
    <message>
        <source>React</source>
        <translation>表情回应</translation>
    </message>
    <message>
        <source>Another sign, or a short word</source>
        <translation>其他表情，或一个短词</translation>
    </message>
    <message>
        <source>Another sign</source>
        <translation>其他表情</translation>
    </message>
</context>
<context>
    <name>ReadersDialog</name>
    <message>
        <source>Who has read it</source>
        <translation>谁已读</translation>
    </message>
    <message>
        <source>Nobody has read it yet.</source>
        <translation>还没有人读过。</translation>
    </message>
</context>
<context>
    <name>RememberBox</name>
    <message>
        <source>Re&amp;member me on this computer</source>
        <translation>在这台电脑上记住我(&amp;M)</translation>
    </message>
    <message>
        <source>The password itself is never kept, only a key for this login</source>
        <translation>密码本身不会保存，只保存本次登录的凭证</translation>
    </message>
</context>
<context>
    <name>RoomDelegate</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
</context>
<context>
    <name>RoomDialogs</name>
    <message>
        <source>Topic</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>What is %1 for?</source>
        <translation>%1的话题：</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Another name for %1:</source>
        <translation>%1的新名称：</translation>
    </message>
    <message>
        <source>Leave %1?</source>
        <translation>退出%1吗？</translation>
    </message>
</context>
<context>
    <name>RoomHeader</name>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>搜索 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>话题</translation>
    </message>
    <message>
        <source>Members: %1</source>
        <translation>成员：%1</translation>
    </message>
</context>
<context>
    <name>RoomListModel</name>
    <message>
        <source>online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>unread: %1</source>
        <translation>未读：%1</translation>
    </message>
    <message>
        <source>names you: %1</source>
        <translation>提到你：%1</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Lobby</source>
        <translation>大厅</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1（我）</translation>
    </message>
    <message>
        <source>everybody</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>private room</source>
        <translation>私密房间</translation>
    </message>
    <message>
        <source>announcements</source>
        <translation>公告</translation>
    </message>
    <message>
        <source>direct messages</source>
        <translation>私聊</translation>
    </message>
    <message>
        <source>public room</source>
        <translation>公开房间</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>muted</source>
        <translation>已免打扰</translation>
    </message>
</context>
<context>
    <name>RoomMenu</name>
    <message>
        <source>&amp;Members, invite…</source>
        <translation>成员与邀请(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Members…</source>
        <translation>成员(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Topic…</source>
        <translation>话题(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>退出房间(&amp;L)</translation>
    </message>
    <message>
        <source>Mark as r&amp;ead</source>
        <translation>标为已读(&amp;E)</translation>
    </message>
    <message>
        <source>Un&amp;pin</source>
        <translation>取消置顶(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Pin</source>
        <translation>置顶(&amp;P)</translation>
    </message>
    <message>
        <source>M&amp;ute</source>
        <translation>免打扰(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Unmute</source>
        <translation>取消免打扰(&amp;U)</translation>
    </message>
</context>
<context>
    <name>RoomsPane</name>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Join…</source>
        <translation>加入(&amp;J)…</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>房间</translation>
    </message>
    <message>
        <source>Make a new room</source>
        <translation>新建一个房间</translation>
    </message>
    <message>
        <source>Join a public room</source>
        <translation>加入一个公开房间</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>没有找到。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Words to search for</source>
        <translation>要搜索的内容</translation>
    </message>
    <message>
        <source>In this room</source>
        <translation>在此房间</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>所有房间</translation>
    </message>
    <message>
        <source>Where to search</source>
        <translation>搜索范围</translation>
    </message>
    <message>
        <source>Close the search (Escape)</source>
        <translation>关闭搜索 (Esc)</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>No connection: only what is on this computer is searched.</source>
        <translation>没有连接：只搜索保存在这台电脑上的内容。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The first room of the list; the others likewise</source>
        <translation>列表中的第一个房间；其余类推</translation>
    </message>
    <message>
        <source>Scroll the messages while writing</source>
        <translation>输入时滚动消息</translation>
    </message>
    <message>
        <source>Edit the last message, in the empty box</source>
        <translation>编辑上一条消息（在空输入框中）</translation>
    </message>
    <message>
        <source>The menu of a message, of a room, of a person</source>
        <translation>消息、房间或用户的菜单</translation>
    </message>
    <message>
        <source>Send an unsent message again, on the message</source>
        <translation>重新发送未发出的消息（选中该消息时）</translation>
    </message>
    <message>
        <source>Take back what is about to be sent, in the empty box</source>
        <translation>在空的输入框中撤回即将发送的消息</translation>
    </message>
    <message>
        <source>Complete a word that begins with @, # or :</source>
        <translation>补全以 @、# 或 : 开头的词</translation>
    </message>
    <message>
        <source>Choose an emoji</source>
        <translation>选择表情</translation>
    </message>
    <message>
        <source>Give up an answer, an edit, a search; else: all is read</source>
        <translation>放弃回复、编辑或搜索；否则全部标为已读</translation>
    </message>
    <message>
        <source>Copy the selected text or messages</source>
        <translation>复制所选文字或消息</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>MiniChat – Settings</source>
        <translation>MiniChat – 设置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Language:</source>
        <translation>语言(&amp;L)：</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>&amp;Colours:</source>
        <translation>外观(&amp;C)：</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Size of &amp;text:</source>
        <translation>字号(&amp;T)：</translation>
    </message>
    <message>
        <source> points</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>&amp;Messages:</source>
        <translation>消息(&amp;M)：</translation>
    </message>
    <message>
        <source>In bubbles</source>
        <translation>气泡</translation>
    </message>
    <message>
        <source>One below the other, close together</source>
        <translation>逐行紧凑排列</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>A message is &amp;sent by:</source>
        <translation>发送消息(&amp;S)：</translation>
    </message>
    <message>
        <source>Enter (Shift+Enter begins a line)</source>
        <translation>Enter（Shift+Enter 换行）</translation>
    </message>
    <message>
        <source>Ctrl+Enter (Enter begins a line)</source>
        <translation>Ctrl+Enter（Enter 换行）</translation>
    </message>
    <message>
        <source>Time to take it &amp;back:</source>
        <translation>撤回发送的时间(&amp;B)：</translation>
    </message>
    <message>
        <source>None: it goes out at once</source>
        <translation>无：立即发出</translation>
    </message>
    <message>
        <source> seconds</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>&amp;Notify me of:</source>
        <translation>通知(&amp;N)：</translation>
    </message>
    <message>
        <source>Every message</source>
        <translation>所有消息</translation>
    </message>
    <message>
        <source>My name, and direct messages</source>
        <translation>提到我的消息和私聊</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>不通知</translation>
    </message>
    <message>
        <source>&amp;Show what was written, not only by whom</source>
        <translation>通知中显示消息内容，而不只是发送者(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quiet hours: no notifications</source>
        <translation>免打扰时段：不通知(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;From:</source>
        <translation>从(&amp;F)：</translation>
    </message>
    <message>
        <source>Un&amp;til:</source>
        <translation>到(&amp;T)：</translation>
    </message>
    <message>
        <source>Closing the window &amp;leaves MiniChat in the tray</source>
        <translation>关闭窗口后 MiniChat 留在托盘(&amp;L)</translation>
    </message>
    <message>
        <source>Noticing</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>&amp;Up in the empty box edits the last one</source>
        <translation>在空输入框中按上箭头编辑上一条消息(&amp;U)</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Restore de&amp;faults</source>
        <translation>恢复本页默认值(&amp;F)</translation>
    </message>
    <message>
        <source>Set everything on this page as it was at first</source>
        <translation>把本页的所有设置恢复为最初的值</translation>
    </message>
</context>
<context>
    <name>Switcher</name>
    <message>
        <source>Find a room or a person</source>
        <translation>查找房间或联系人</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>No room and nobody is called so.</source>
        <translation>没有找到这样的房间或联系人。</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>Only moderators write here.</source>
        <translation>仅管理员可以在此发言。</translation>
    </message>
    <message>
        <source>Delete this message for everybody?</source>
        <translation>为所有人删除这条消息吗？</translation>
    </message>
</context>
<context>
    <name>TextBlock</name>
    <message>
        <source>… (it goes on; copying takes all of it)</source>
        <translation>……（未完，复制可得全文）</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>MiniChat</source>
        <translation>MiniChat</translation>
    </message>
    <message>
        <source>MiniChat: %1 unread</source>
        <translation>MiniChat：%1 条未读</translation>
    </message>
</context>
<context>
    <name>TrayMenu</name>
    <message>
        <source>&amp;Show MiniChat</source>
        <translation>显示 MiniChat(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>隐藏(&amp;H)</translation>
    </message>
    <message>
        <source>Log &amp;out</source>
        <translation>退出登录(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Q&amp;uiet until %1</source>
        <translation>免打扰至 %1(&amp;U)</translation>
    </message>
</context>
<context>
    <name>TypingLine</name>
    <message>
        <source>Who is writing</source>
        <translation>谁正在输入</translation>
    </message>
    <message>
        <source>%1 is writing…</source>
        <translation>%1正在输入…</translation>
    </message>
    <message>
        <source>%1 and %2 are writing…</source>
        <translation>%1和%2正在输入…</translation>
    </message>
    <message>
        <source>%1 people are writing…</source>
        <translation>%1 人正在输入…</translation>
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
    <message>
        <source>&amp;Copy report</source>
        <translation>复制报告(&amp;C)</translation>
    </message>
    <message>
        <source>Where it happened, in which versions; no messages.</source>
        <translation>出错的位置和各个版本号；不含任何消息。</translation>
    </message>
    <message>
        <source>Mistakes since the start: %1</source>
        <translation>启动以来的错误：%1</translation>
    </message>
</context>
<context>
    <name>UndoStrip</name>
    <message>
        <source>Sending in %1 s</source>
        <translation>%1 秒后发送</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤回(&amp;U)</translation>
    </message>
    <message>
        <source>Do not send it (Ctrl+Z in the empty box)</source>
        <translation>不发送（在空的输入框中按 Ctrl+Z）</translation>
    </message>
</context>
<context>
    <name>UnreadLine</name>
    <message>
        <source>Unread</source>
        <translation>以下为未读消息</translation>
    </message>
</context>
<context>
    <name>confirmation</name>
    <message>
        <source>MiniChat</source>
        <translation>MiniChat</translation>
    </message>
</context>
<context>
    <name>doctor</name>
    <message>
        <source>The server’s name</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>Something answers there</source>
        <translation>那里有程序响应</translation>
    </message>
    <message>
        <source>It is a MiniChat server</source>
        <translation>是 MiniChat 服务器</translation>
    </message>
    <message>
        <source>Your login</source>
        <translation>您的登录</translation>
    </message>
    <message>
        <source>The clocks</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>The keyring</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>What is kept on disk</source>
        <translation>磁盘上的保存</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>being checked</source>
        <translation>检查中</translation>
    </message>
    <message>
        <source>all right</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>%1 leads to an address.</source>
        <translation>%1 能找到地址。</translation>
    </message>
    <message>
        <source>A program answers at %1.</source>
        <translation>%1 有程序响应。</translation>
    </message>
    <message>
        <source>It speaks MiniChat.</source>
        <translation>它使用 MiniChat 协议。</translation>
    </message>
    <message>
        <source>The server accepts it.</source>
        <translation>服务器接受此登录。</translation>
    </message>
    <message>
        <source>This computer’s clock and the server’s agree.</source>
        <translation>这台电脑与服务器的时钟一致。</translation>
    </message>
    <message>
        <source>This system can remember your login safely.</source>
        <translation>此系统可以安全地记住您的登录。</translation>
    </message>
    <message>
        <source>What is said is kept on this computer.</source>
        <translation>聊天内容会保存在这台电脑上。</translation>
    </message>
    <message>
        <source>First, what stands above has to be put right.</source>
        <translation>先要解决上面的问题。</translation>
    </message>
    <message>
        <source>Type your user name and password, then check again.</source>
        <translation>请输入用户名和密码，然后重新检查。</translation>
    </message>
    <message>
        <source>This shows when you have sent a message.</source>
        <translation>发送一条消息后即可得知。</translation>
    </message>
    <message>
        <source>This shows when you have logged in.</source>
        <translation>登录后即可得知。</translation>
    </message>
    <message>
        <source>It could not be checked.</source>
        <translation>无法检查。</translation>
    </message>
    <message>
        <source>Nobody tells where %1 is: this computer’s network does not answer. Is it on?</source>
        <translation>查不到 %1 在哪里：这台电脑的网络没有响应。网络打开了吗？</translation>
    </message>
    <message>
        <source>%1 takes connections and says nothing. The port may be another program’s.</source>
        <translation>%1 接受连接却不作声，这个端口可能属于别的程序。</translation>
    </message>
    <message>
        <source>Another program answers at %1. Check the port; MiniChat’s own is 8090.</source>
        <translation>%1 响应的是别的程序。请检查端口；MiniChat 通常使用 8090。</translation>
    </message>
    <message>
        <source>This computer’s clock is ahead of the server’s. Set the one that is wrong.</source>
        <translation>这台电脑的时钟比服务器快，请校准不准的一方。</translation>
    </message>
    <message>
        <source>This computer’s clock is behind the server’s. Set the one that is wrong.</source>
        <translation>这台电脑的时钟比服务器慢，请校准不准的一方。</translation>
    </message>
    <message>
        <source>There is no server named %1. Check its spelling, and your network.</source>
        <translation>没有名为 %1 的服务器。请检查写法和网络。</translation>
    </message>
    <message>
        <source>Nothing listens at %1. Is the server running, and the port right?</source>
        <translation>%1 没有程序在监听。服务器在运行吗？端口对吗？</translation>
    </message>
    <message>
        <source>Nothing answers at %1. Is it on? Is a firewall on the way?</source>
        <translation>%1 没有响应。它开着吗？中间有防火墙吗？</translation>
    </message>
</context>
<context>
    <name>link_words</name>
    <message>
        <source>This link may deceive: it really leads to %1. Open it?</source>
        <translation>此链接可能有欺骗性，实际会打开 %1。要打开吗？</translation>
    </message>
</context>
<context>
    <name>notice_words</name>
    <message>
        <source>%1 in %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>You are mentioned.</source>
        <translation>有人提到了你。</translation>
    </message>
    <message>
        <source>New message</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>A new message in %2</source>
        <translation>%2 有 1 条新消息</translation>
    </message>
    <message>
        <source>A new message from %2</source>
        <translation>%2 发来 1 条新消息</translation>
    </message>
    <message>
        <source>%1 new messages from %2</source>
        <translation>%2 发来 %1 条新消息</translation>
    </message>
    <message>
        <source>%1 new messages in %2</source>
        <translation>%2 有 %1 条新消息</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 new messages in %2 rooms</source>
        <translation>%2 个房间有 %1 条新消息</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>row_words</name>
    <message>
        <source>message deleted</source>
        <translation>消息已删除</translation>
    </message>
    <message>
        <source>%1 named the room %2</source>
        <translation>%1将房间改名为%2</translation>
    </message>
    <message>
        <source>%1 set the topic: %2</source>
        <translation>%1设置了话题：%2</translation>
    </message>
    <message>
        <source>%1 took the topic away</source>
        <translation>%1清除了话题</translation>
    </message>
    <message>
        <source>sending…</source>
        <translation>发送中…</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
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
    <message>
        <source>There is no connection to the server just now.</source>
        <translation>现在没有连上服务器。</translation>
    </message>
    <message>
        <source>Too much waits to be sent already.</source>
        <translation>等待发送的内容太多了。</translation>
    </message>
    <message>
        <source>There is no such room, or it is not open to you.</source>
        <translation>没有这个房间，或者它不对你开放。</translation>
    </message>
    <message>
        <source>The server has an older database again: nothing was changed.</source>
        <translation>服务器换回了较早的数据库：没有作任何更改。</translation>
    </message>
    <message>
        <source>There is no such user.</source>
        <translation>没有这个用户。</translation>
    </message>
    <message>
        <source>There is no such message any more.</source>
        <translation>这条消息已经不在了。</translation>
    </message>
    <message>
        <source>You may not do that in this room.</source>
        <translation>你在这个房间没有此权限。</translation>
    </message>
    <message>
        <source>There is a room of this name already.</source>
        <translation>已经有同名的房间了。</translation>
    </message>
    <message>
        <source>You have as many of these as anybody may have.</source>
        <translation>数量已达到上限。</translation>
    </message>
    <message>
        <source>The room is too large for this.</source>
        <translation>房间人数太多，无法这样做。</translation>
    </message>
    <message>
        <source>That is too long.</source>
        <translation>太长了。</translation>
    </message>
    <message>
        <source>This name cannot be used.</source>
        <translation>不能使用这个名称。</translation>
    </message>
    <message>
        <source>The server cannot reach its storage just now.</source>
        <translation>服务器暂时无法访问存储。</translation>
    </message>
    <message>
        <source>The server refused: %1</source>
        <translation>服务器拒绝了：%1</translation>
    </message>
    <message>
        <source>You are not in %1 any more.</source>
        <translation>你已不在%1中。</translation>
    </message>
    <message>
        <source>Another window of yours is open: what happens here is not kept on disk.</source>
        <translation>你已打开另一个窗口：此窗口中的内容不会保存到磁盘。</translation>
    </message>
    <message>
        <source>What was kept on disk could not be read. It was set aside, and begun anew.</source>
        <translation>磁盘上保存的内容无法读取，已另存并重新开始。</translation>
    </message>
    <message>
        <source>The disk takes nothing: nothing new is kept.</source>
        <translation>磁盘无法写入：新内容不会保存。</translation>
    </message>
    <message>
        <source>The server made a mistake. Try again.</source>
        <translation>服务器出错了。请重试。</translation>
    </message>
    <message>
        <source>you took it back</source>
        <translation>您已撤回</translation>
    </message>
    <message>
        <source>It stays above, unsent: there you can edit it, send it or take it away.</source>
        <translation>它留在上方，尚未发送：可在那里编辑、发送或移除。</translation>
    </message>
    <message>
        <source>It is on its way. Once it has been taken, it can be edited.</source>
        <translation>正在发送。送达后即可编辑。</translation>
    </message>
    <message>
        <source>the server has an older database again</source>
        <translation>服务器换回了较早的数据库</translation>
    </message>
    <message>
        <source>The server does not remember this computer any more. Enter your password.</source>
        <translation>服务器已不再记得这台电脑，请输入密码。</translation>
    </message>
    <message>
        <source>This computer was logged out from elsewhere. Enter your password.</source>
        <translation>这台电脑已从别处被退出登录，请输入密码。</translation>
    </message>
    <message>
        <source>Nobody can be remembered here: this system has no keyring to keep it safe.</source>
        <translation>这里无法记住任何人：系统没有可安全保存凭证的密钥环。</translation>
    </message>
    <message>
        <source>Nobody can be remembered here: the keyring would write it into a plain file.</source>
        <translation>这里无法记住任何人：密钥环会把凭证写入明文文件。</translation>
    </message>
    <message>
        <source>Nobody can be remembered now: the keyring does not answer.</source>
        <translation>现在无法记住任何人：密钥环没有响应。</translation>
    </message>
    <message>
        <source>Nobody can be remembered now: the keyring reports an error.</source>
        <translation>现在无法记住任何人：密钥环报告了错误。</translation>
    </message>
    <message>
        <source>Asking this system’s keyring…</source>
        <translation>正在询问系统密钥环…</translation>
    </message>
    <message>
        <source>You are not remembered here any more. Enter your password.</source>
        <translation>这里已不再记得您，请输入密码。</translation>
    </message>
</context>
</TS>
