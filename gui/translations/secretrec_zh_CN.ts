<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>SecretRec</name>
        <message>
            <location filename="../../gui/app/closing.py" />
            <source>Closing ends it. Finished rounds are on disk, and the run can be resumed at the next start.</source>
            <translation>关闭会结束它。已完成的轮次保存在磁盘上，下次启动时可以继续。</translation>
        </message>
        <message>
            <location filename="../../gui/app/closing.py" />
            <source>Closing ends it.</source>
            <translation>关闭窗口会结束它。</translation>
        </message>
        <message>
            <location filename="../../gui/app/closing.py" />
            <source>&amp;End it and close</source>
            <translation>结束并关闭(&amp;E)</translation>
        </message>
        <message>
            <location filename="../../gui/app/closing.py" />
            <source>&amp;Keep it running</source>
            <translation>继续运行(&amp;K)</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/app/closing.py" />
            <source>%n runs wait in the queue; they are kept and offered at the next start.</source>
            <translation>
                <numerusform>队列中有 %n 个运行在等待；它们会保留，并在下次启动时提供。</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/app/closing.py" />
            <source>{0} is running.</source>
            <translation>{0}。</translation>
        </message>
        <message>
            <location filename="../../gui/app/compact_strip.py" />
            <location filename="../../gui/data/import_dialog.py" />
            <location filename="../../gui/train/training_progress.py" />
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <location filename="../../gui/app/compact_strip.py" />
            <source>&amp;Stop</source>
            <translation>停止(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/app/compact_strip.py" />
            <source>Whole window (Ctrl+M)</source>
            <translation>完整窗口 (Ctrl+M)</translation>
        </message>
        <message>
            <location filename="../../gui/app/compact_strip.py" />
            <location filename="../../gui/train/train_controls.py" />
            <source>Ends the run when the current round is on disk, and keeps the model.</source>
            <translation>当前这一轮保存到磁盘后结束运行，并保留模型。</translation>
        </message>
        <message>
            <location filename="../../gui/app/crash.py" />
            <source>Something went wrong</source>
            <translation>出错了</translation>
        </message>
        <message>
            <location filename="../../gui/app/crash.py" />
            <source>This is a mistake in SecretRec, not in what you did. The window goes on working; runs are not affected. Please send the text below to the developers.</source>
            <translation>这是 SecretRec 的错误，不是您的操作造成的。窗口可以继续使用，训练记录不受影响。请把下面的文字发给开发者。</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>The engine sent a message that this window does not understand; they may be of different versions.</source>
            <translation>引擎发来了本窗口不认识的消息；两者可能是不同的版本。</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/app/engine_status.py" />
            <source>{versions}; %n cores</source>
            <translation>
                <numerusform>{versions}；%n 个核心</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Start the en&amp;gine again</source>
            <translation>重新启动引擎(&amp;G)</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Engine not started</source>
            <translation>引擎未启动</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Starting SecretFlow…</source>
            <translation>正在启动 SecretFlow…</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Engine not answering</source>
            <translation>引擎没有响应</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Restarting the engine…</source>
            <translation>正在重启引擎…</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Engine stopped</source>
            <translation>引擎已停止</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>The engine is not answering. The machine may be short of memory or very busy. You can wait, or restart the engine; finished rounds are on disk.</source>
            <translation>引擎没有响应。机器可能内存不足或非常繁忙。您可以等待，或重新启动引擎；已完成的轮次保存在磁盘上。</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>{0} Runs keep every finished round. Start the engine again to go on.</source>
            <translation>{0} 已完成的每一轮都会保留。请重新启动引擎以继续。</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Engine at work</source>
            <translation>引擎工作中</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Engine ready</source>
            <translation>引擎就绪</translation>
        </message>
        <message>
            <location filename="../../gui/app/engine_status.py" />
            <source>Restart the en&amp;gine</source>
            <translation>重新启动引擎(&amp;G)</translation>
        </message>
        <message>
            <location filename="../../gui/app/header.py" />
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <location filename="../../gui/app/header.py" />
            <source>Menu (F10)</source>
            <translation>菜单 (F10)</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Keyboard shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>What the words mean</source>
            <translation>术语解释</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>About SecretRec</source>
            <translation>关于 SecretRec</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Private, federated recommendation on SecretFlow.</source>
            <translation>基于 SecretFlow 的隐私保护联邦推荐。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Train, Recommend, Evaluate, Privacy</source>
            <translation>训练、推荐、评估、隐私</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Start what the page is for</source>
            <translation>开始本页的任务</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Cancel it</source>
            <translation>取消任务</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Show the log</source>
            <translation>显示日志</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>All runs</source>
            <translation>所有运行</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Small view, and back</source>
            <translation>小窗口，再按返回</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Copy table rows with their headings</source>
            <translation>复制表格行及列名</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>With an underlined letter: go to that field, or press that button</source>
            <translation>加带下划线的字母：转到该字段，或按下该按钮</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Next or previous control</source>
            <translation>下一个或上一个控件</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>These shortcuts; what the words mean</source>
            <translation>这些快捷键；术语解释</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/app/main_menu.py" />
            <source>Menu</source>
            <translation>菜单</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Quit</source>
            <translation>退出</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Party</source>
            <translation>参与方</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Client</source>
            <translation>客户端</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>One user. A party trains for all its clients; what they chose never leaves it.</source>
            <translation>一个用户。参与方为它的所有客户端训练；他们的选择从不离开参与方。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/privacy/tables.py" />
            <location filename="../../gui/widgets/result_table.py" />
            <source>Round</source>
            <translation>轮</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Item embedding</source>
            <translation>商品嵌入</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>A short list of numbers for each item, learnt by all parties together. It is what is shared.</source>
            <translation>每件商品对应的一小组数字，由各参与方共同学得。共享的就是它。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Scoring function</source>
            <translation>评分函数</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Turns an item embedding into this user's score. Every user has one, and it stays with the party.</source>
            <translation>把商品嵌入变成该用户的得分。每个用户各有一个，留在参与方。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Secure aggregation</source>
            <translation>安全聚合</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Parties add random masks that cancel out in the sum, so that the server learns the sum of their updates and not the update of one party.</source>
            <translation>各参与方加上在总和中相互抵消的随机掩码，使服务器只得知更新的总和，而不知道单个参与方的更新。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Held-out item</source>
            <translation>留出商品</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>The last item a user chose is kept for the test, the last but one for validation. Training never counts them as chosen.</source>
            <translation>用户最后选择的商品留作测试，倒数第二件留作验证。训练从不把它们算作已选择。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Popularity</source>
            <translation>流行度</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Epsilon</source>
            <translation>Epsilon</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Audit</source>
            <translation>审计</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <location filename="../../gui/evaluate/compare_view.py" />
            <location filename="../../gui/train/epsilon.py" />
            <location filename="../../gui/train/training_curves.py" />
            <location filename="../../gui/train/training_progress.py" />
            <source>Training loss</source>
            <translation>训练损失</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Licence</source>
            <translation>许可证</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>SecretRec's own files are licensed under Apache-2.0. The window uses PyQt5, which is licensed under GPL-3 or a commercial licence: whatever is passed on together with PyQt5 must as a whole be offered under GPL-3.</source>
            <translation>SecretRec 自身的文件采用 Apache-2.0 许可证。窗口使用 PyQt5，其许可证为 GPL-3 或商业许可：与 PyQt5 一起分发的内容，整体上必须按 GPL-3 提供。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Built with</source>
            <translation>所用组件</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>SecretFlow and Ray (Apache-2.0), TensorFlow (Apache-2.0), Qt (LGPL-3), pyqtgraph and pydantic (MIT).</source>
            <translation>SecretFlow 和 Ray（Apache-2.0）、TensorFlow（Apache-2.0）、Qt（LGPL-3）、pyqtgraph 和 pydantic（MIT）。</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Versions</source>
            <translation>版本</translation>
        </message>
        <message>
            <location filename="../../gui/app/help_dialogs.py" />
            <source>Engine</source>
            <translation>引擎</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;All runs…</source>
            <translation>所有运行(&amp;A)…</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>Open the &amp;data folder</source>
            <translation>打开数据文件夹(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;Restart the engine</source>
            <translation>重新启动引擎(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;Keyboard shortcuts</source>
            <translation>键盘快捷键(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;What the words mean</source>
            <translation>术语解释(&amp;W)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>A&amp;bout SecretRec</source>
            <translation>关于 SecretRec(&amp;B)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>As the &amp;system</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_menu.py" />
            <source>No Chinese font is installed (for example fonts-noto-cjk).</source>
            <translation>没有安装中文字体（例如 fonts-noto-cjk）。</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_window.py" />
            <source>Drop the file to import it</source>
            <translation>松开鼠标即可导入该文件</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_window.py" />
            <source>&amp;Train</source>
            <translation>模型训练(&amp;T)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_window.py" />
            <source>&amp;Recommend</source>
            <translation>商品推荐(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_window.py" />
            <source>E&amp;valuate</source>
            <translation>模型评估(&amp;V)</translation>
        </message>
        <message>
            <location filename="../../gui/app/main_window.py" />
            <source>Privac&amp;y</source>
            <translation>隐私(&amp;Y)</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>Archives (*.zip);;All files (*)</source>
            <translation>压缩包 (*.zip);;所有文件 (*)</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/data/dataset_actions.py" />
            <source>%Ln runs were trained on it. They stay and still recommend, but cannot be evaluated, audited or resumed until it is imported again:</source>
            <translation>
                <numerusform>有 %Ln 个运行用它训练。它们会保留，也仍能推荐，但在重新导入之前不能评估、审计或继续训练：</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>A table of who chose what</source>
            <translation>记录谁选择了什么的表格</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>Remove a data set</source>
            <translation>移除数据集</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>&amp;Remove</source>
            <translation>移除(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <location filename="../../gui/recommend/run_links.py" />
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Keep</source>
            <translation>保留(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>Official archive</source>
            <translation>官方压缩包</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>Folder with the unpacked files</source>
            <translation>解压后文件所在的文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>No run was trained on it.</source>
            <translation>没有用它训练的运行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>Remove "{title}" from this machine?</source>
            <translation>要从本机移除“{title}”吗？</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_actions.py" />
            <source>The file it was imported from stays.</source>
            <translation>导入时所用的文件会保留。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Look inside…</source>
            <translation>查看内容…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Remove…</source>
            <translation>移除…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>From &amp;file or folder…</source>
            <translation>从文件或文件夹(&amp;F)…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Official archive (&amp;zip)…</source>
            <translation>官方压缩包(&amp;Z)…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Unpacked &amp;folder…</source>
            <translation>解压后的文件夹(&amp;F)…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Import your o&amp;wn file…</source>
            <translation>导入您自己的文件(&amp;W)…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>none stated</source>
            <translation>未说明</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>First rows, activity of users, popularity of items.</source>
            <translation>前几行、用户活跃度、商品热门程度。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Take this imported data set off this machine. The file it came from stays.</source>
            <translation>从本机移除这个导入的数据集。导入时所用的文件会保留。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Use the official archive, or the folder it unpacks to, that is already on this machine.</source>
            <translation>使用本机已有的官方压缩包，或解压后的文件夹。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>A table of who chose what: CSV, TSV or Parquet. A file can also be dropped onto the window.</source>
            <translation>记录谁选择了什么的表格：CSV、TSV 或 Parquet。也可以把文件拖到窗口上。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>The list of data sets comes with the engine.</source>
            <translation>数据集列表由引擎提供。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <location filename="../../gui/widgets/picker_models.py" />
            <source>ready</source>
            <translation>就绪</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>not here yet</source>
            <translation>尚未获取</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <location filename="../../gui/widgets/picker_models.py" />
            <source>damaged</source>
            <translation>已损坏</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Licence: {licence}</source>
            <translation>许可：{licence}</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <location filename="../../gui/train/dataset_jobs.py" />
            <source>{0} is damaged. Import its file again under that name, or remove it.</source>
            <translation>{0} 已损坏。请用同一名称重新导入其文件，或将其移除。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>Download…</source>
            <translation>下载…</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_card.py" />
            <source>{0} is not on this machine yet.</source>
            <translation>本机还没有 {0}。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Reading the data set</source>
            <translation>正在读取数据集</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>First rows</source>
            <translation>前几行</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_dialog.py" />
            <source>&amp;Close</source>
            <translation>关闭(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Activity of users</source>
            <translation>用户活跃度</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>interactions of a user</source>
            <translation>一个用户的交互数</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Popularity of items</source>
            <translation>商品热门程度</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>interactions of an item</source>
            <translation>一个商品的交互数</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_preview.py" />
            <location filename="../../gui/recommend/results.py" />
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_preview.py" />
            <location filename="../../gui/recommend/results.py" />
            <source>Item</source>
            <translation>商品</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_preview.py" />
            <location filename="../../gui/recommend/item_tables.py" />
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_preview.py" />
            <source>Time</source>
            <translation>时间</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_report.py" />
            <location filename="../../gui/evaluate/figure_tables.py" />
            <location filename="../../gui/widgets/pickers.py" />
            <source>Users</source>
            <translation>用户数</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_report.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Items</source>
            <translation>商品数</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_report.py" />
            <source>Interactions</source>
            <translation>交互数</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_report.py" />
            <source>Density</source>
            <translation>密度</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/import_report.py" />
            <source>Share of all pairs of user and item that occur.</source>
            <translation>在所有“用户—商品”组合中实际出现的比例。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Median user</source>
            <translation>用户中位数</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Half of the users have at most so many interactions.</source>
            <translation>一半的用户最多有这么多次交互。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Top tenth</source>
            <translation>前十分之一</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>Share of the interactions that fall on the tenth of the items chosen most.</source>
            <translation>最热门的十分之一商品所占的交互比例。</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>from {first} to {last}</source>
            <translation>{first} 至 {last}</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>{users} users have {count} interactions</source>
            <translation>{users} 个用户有 {count} 次交互</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <source>{items} items have {count} interactions</source>
            <translation>{items} 个商品有 {count} 次交互</translation>
        </message>
        <message>
            <location filename="../../gui/data/dataset_preview.py" />
            <location filename="../../gui/data/licence_dialog.py" />
            <source>To cite: {0}</source>
            <translation>引用：{0}</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>Tables (*.csv *.tsv *.txt *.dat *.parquet *.gz);;All files (*)</source>
            <translation>表格 (*.csv *.tsv *.txt *.dat *.parquet *.gz);;所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>Import a file</source>
            <translation>导入文件</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>&amp;Import</source>
            <translation>导入(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>&amp;Train on it</source>
            <translation>用它训练(&amp;T)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>Parquet table</source>
            <translation>Parquet 表格</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>text table</source>
            <translation>文本表格</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <location filename="../../gui/data/import_form.py" />
            <source>tab</source>
            <translation>制表符</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <location filename="../../gui/data/import_form.py" />
            <source>space</source>
            <translation>空格</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <location filename="../../gui/runs/export_dialog.py" />
            <location filename="../../gui/runs/rename_dialog.py" />
            <location filename="../../gui/tabs/job_panel.py" />
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>Replaces the imported data set of the same name.</source>
            <translation>替换同名的已导入数据集。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>Importing…</source>
            <translation>正在导入…</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>Looking at the file…</source>
            <translation>正在查看文件…</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_dialog.py" />
            <source>separated by {sign}</source>
            <translation>以{sign}分隔</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Correct the file, or choose below that bad rows are left out.</source>
            <translation>请更正文件，或在下方选择略过坏行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Unpack it first.</source>
            <translation>请先解压。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Say what comes first, under "Times are written as". With no times, the order of the rows counts.</source>
            <translation>请在“时间的写法”中说明先写什么。不读取时间时，以行的顺序为准。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>If lines stand before the table, give their number below, under "How the file is read".</source>
            <translation>如果表格前面还有其他行，请在下方“文件读取方式”中填写行数。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Choose the right column for the user below.</source>
            <translation>请在下方选择正确的用户列。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Choose the right column for the item below.</source>
            <translation>请在下方选择正确的商品列。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Choose the right column for the rating below, or none.</source>
            <translation>请在下方为评分选择正确的列，或不使用。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Choose the right column for the time below, or read no times.</source>
            <translation>请在下方为时间选择正确的列，或不读取时间。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Correct the file, leave out the rating, or choose that bad rows are left out.</source>
            <translation>请更正文件，或不使用评分，或选择略去无效行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Numbers since 1970, dates, and ISO text such as 2024-01-31T18:05:00 are understood. Correct the file, read no times, or choose that bad rows are left out.</source>
            <translation>可识别自 1970 年起的数字、日期以及 2024-01-31T18:05:00 这样的 ISO 文本。请更正文件，或不读取时间，或选择略去无效行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>With bad rows left out as well, the others go.</source>
            <translation>若同时略去无效行，则去掉其余的日期。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>If times are written in several ways, choose that each is read by itself, under "Times are written as". Or choose that bad rows are left out.</source>
            <translation>如果时间有多种写法，请在“时间的写法”中选择逐个识别，或选择略去无效行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>If a comma stands in front of the fraction of numbers, say so below, under "How the file is read".</source>
            <translation>如果数字用逗号作小数点，请在下方“文件读取方式”中说明。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Name that column in the header, or choose that bad rows are left out.</source>
            <translation>请在表头中为该列命名，或选择略去无效行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Every row has one field more than the header: name it there, or skip the header as a line before the table and choose the columns by their number.</source>
            <translation>每一行都比表头多一个字段：请在表头中补上名称，或把表头当作表格前的行跳过，再按编号选择各列。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Choose that no times are read: then the order of the rows counts.</source>
            <translation>请选择不读取时间：此时以行的顺序为准。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Close it, or double it where it belongs to the text.</source>
            <translation>请补上结束的引号；如果引号属于文字本身，请写两个。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Save the file as UTF-8, or give its encoding below, under "How the file is read".</source>
            <translation>请将文件另存为 UTF-8，或在下方“文件的读取方式”中填写其编码。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>If another sign separates the columns, choose it below, under "How the file is read".</source>
            <translation>如果各列由其他符号分隔，请在下方“文件的读取方式”中选择。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Choose another name.</source>
            <translation>请换一个名称。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>{place}: {fault}</source>
            <translation>{place}：{fault}</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Line {line}, column "{column}"</source>
            <translation>第 {line} 行，“{column}”列</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Line {line}</source>
            <translation>第 {line} 行</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_faults.py" />
            <source>Column "{column}"</source>
            <translation>“{column}”列</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>as recognised</source>
            <translation>自动识别</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>dates, day first: 31/01/2024</source>
            <translation>日期，日在前：31/01/2024</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>dates, month first: 01/31/2024</source>
            <translation>日期，月在前：01/31/2024</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>dates, year first: 2024-01-31</source>
            <translation>日期，年在前：2024-01-31</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>seconds since 1970</source>
            <translation>自 1970 年起的秒数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>milliseconds since 1970</source>
            <translation>自 1970 年起的毫秒数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>microseconds since 1970</source>
            <translation>自 1970 年起的微秒数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>nanoseconds since 1970</source>
            <translation>自 1970 年起的纳秒数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>several ways, each by itself</source>
            <translation>多种写法，逐个识别</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>no times: the order of the rows counts</source>
            <translation>没有时间：以行的顺序为准</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Which column is what?</source>
            <translation>各列的含义</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>First row &amp;holds names</source>
            <translation>首行是列名(&amp;H)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Whether the first row of the file names its columns, and is no row of data.</source>
            <translation>文件的首行是否为各列的名称，而不是数据。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>possibly no header, check</source>
            <translation>可能没有表头，请检查</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Times are &amp;written as</source>
            <translation>时间的写法(&amp;W)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>The data set</source>
            <translation>数据集</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>the file's name</source>
            <translation>文件名</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>every row counts</source>
            <translation>每一行都算</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>How the &amp;file is read</source>
            <translation>文件读取方式(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source> (optional)</source>
            <translation>（可选）</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Or click a column below and say what it is.</source>
            <translation>也可以点击下方的列，指定它的含义。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>keep the first</source>
            <translation>保留第一条</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>keep the last</source>
            <translation>保留最后一条</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>keep all</source>
            <translation>全部保留</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>stop and say where</source>
            <translation>停下并指出位置</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>leave out and count</source>
            <translation>略过并计数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>keep and say</source>
            <translation>保留并说明</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>&amp;Name</source>
            <translation>名称(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Letters, digits, dot, dash and underscore.</source>
            <translation>字母、数字、点、短横线和下划线。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Title in li&amp;sts</source>
            <translation>列表中的标题(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>&amp;Least rating</source>
            <translation>最低评分(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Rows with a lower rating are left out: they are no sign of interest.</source>
            <translation>评分更低的行会被略过：它们不表示兴趣。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Least items of a &amp;user</source>
            <translation>每个用户的最少商品数(&amp;U)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Users with fewer items are left out, repeated with the next field until both hold.</source>
            <translation>商品更少的用户会被略过；与下一项一起反复筛选，直到两者都满足。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Least users of an it&amp;em</source>
            <translation>每件商品的最少用户数(&amp;E)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Items with fewer users are left out.</source>
            <translation>用户更少的商品会被略过。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>&amp;Repeated rows</source>
            <translation>重复的行(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>The same user and item several times.</source>
            <translation>同一用户和商品出现多次。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>&amp;Bad rows</source>
            <translation>有问题的行(&amp;B)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Rows with a missing field or a value that is none.</source>
            <translation>缺少字段，或字段的值不合要求的行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>I&amp;ds like NULL or NaN</source>
            <translation>NULL、NaN 之类的编号(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Rows whose user or item is a word for nothing.</source>
            <translation>用户或商品是表示“空”的词的行。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>comma</source>
            <translation>逗号</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>semicolon</source>
            <translation>分号</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>bar |</source>
            <translation>竖线 |</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>point, 4.5</source>
            <translation>点号，4.5</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>comma, 4,5</source>
            <translation>逗号，4,5</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>enclose a field</source>
            <translation>括住一个字段</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>belong to the text</source>
            <translation>属于文本</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>A least rating needs a column of ratings: choose it, or leave the field empty.</source>
            <translation>最低评分需要评分列：请选择该列，或将此栏留空。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Text encoding</source>
            <translation>文本编码</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Columns separated by</source>
            <translation>列分隔符</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Double quotes</source>
            <translation>双引号</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Fractions of numbers</source>
            <translation>数字的小数点</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>Lines before the table</source>
            <translation>表格前的行数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>{column} (recognised)</source>
            <translation>{column}（已识别）</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>(leave out)</source>
            <translation>（不使用）</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>The least rating</source>
            <translation>最低评分</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>The least items of a user</source>
            <translation>每个用户的最少商品数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>The least users of an item</source>
            <translation>每件商品的最少用户数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>{column} (column {number})</source>
            <translation>{column}（第 {number} 列）</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>(choose)</source>
            <translation>（请选择）</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>(none found)</source>
            <translation>（没有找到）</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <source>The number of lines before the table</source>
            <translation>表格前的行数</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} must be a whole number, and "{typed}" is not one.</source>
            <translation>{field}必须是整数，“{typed}”不是整数。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_form.py" />
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} must be a number, and "{typed}" is not one.</source>
            <translation>{field}必须是数字，“{typed}”不是数字。</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_preview.py" />
            <source>Rating</source>
            <translation>评分</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_preview.py" />
            <location filename="../../gui/recommend/item_tables.py" />
            <location filename="../../gui/recommend/profile_panel.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Genres</source>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_preview.py" />
            <source>First rows of the file</source>
            <translation>文件的前几行</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_preview.py" />
            <source>none of these</source>
            <translation>都不是</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_report.py" />
            <source>Imported</source>
            <translation>已导入</translation>
        </message>
        <message>
            <location filename="../../gui/data/import_report.py" />
            <source>Report</source>
            <translation>报告</translation>
        </message>
        <message>
            <location filename="../../gui/data/licence_dialog.py" />
            <source>Terms of use</source>
            <translation>使用条款</translation>
        </message>
        <message>
            <location filename="../../gui/data/licence_dialog.py" />
            <source>&amp;Accept and download</source>
            <translation>接受并下载(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../gui/data/licence_dialog.py" />
            <source>Do &amp;not download</source>
            <translation>不下载(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../gui/data/licence_dialog.py" />
            <source>The source states no licence.</source>
            <translation>来源没有说明许可证。</translation>
        </message>
        <message>
            <location filename="../../gui/data/licence_dialog.py" />
            <source>Download {0}</source>
            <translation>下载 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/data/licence_dialog.py" />
            <source>Downloaded from {0}</source>
            <translation>从 {0} 下载</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine did not stop in time and is being ended (SIGTERM).</source>
            <translation>引擎没有及时停止，正在结束它（SIGTERM）。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine did not react and is being killed (SIGKILL).</source>
            <translation>引擎没有反应，正在强制结束它（SIGKILL）。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine ended unexpectedly (exit code {0}).</source>
            <translation>引擎意外退出（退出码 {0}）。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <location filename="../../gui/tabs/job_panel.py" />
            <source>The engine is not running.</source>
            <translation>引擎没有运行。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine was restarted while this was running.</source>
            <translation>运行期间引擎被重新启动。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine was ended by signal {0}.</source>
            <translation>引擎被信号 {0} 终止。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine could not be started: {0}.</source>
            <translation>无法启动引擎：{0}。</translation>
        </message>
        <message>
            <location filename="../../gui/engine/client.py" />
            <source>The engine was killed ({0}), probably because the machine ran out of memory.</source>
            <translation>引擎被强制终止（{0}），可能是因为内存不足。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_data.py" />
            <location filename="../../gui/evaluate/compare_view.py" />
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <location filename="../../gui/widgets/result_table.py" />
            <source>Data fingerprint</source>
            <translation>数据指纹</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_data.py" />
            <source>They were trained on different data sets.</source>
            <translation>这些运行使用了不同的数据集。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_data.py" />
            <source>Their evaluation protocols differ; published figures are too high.</source>
            <translation>评估协议不同；文献协议的指标偏高。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_data.py" />
            <source>Their seeds differ: users were tested against other candidates.</source>
            <translation>随机种子不同：用户面对的候选商品不同。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_data.py" />
            <source>Their data sets have the same name but different contents (fingerprints differ).</source>
            <translation>数据集名称相同但内容不同（指纹不一致）。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <location filename="../../gui/widgets/result_table.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/evaluate/figure_tables.py" />
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Full HR</source>
            <translation>全部 HR</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/evaluate/figure_tables.py" />
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Full NDCG</source>
            <translation>全部 NDCG</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <source>Setting</source>
            <translation>设置</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/train/estimate_line.py" />
            <source>{low} to {high}</source>
            <translation>{low}到{high}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/evaluate/figure_tables.py" />
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>95 % interval: {0} to {1}</source>
            <translation>95 % 置信区间：{0} 到 {1}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <source>It holds 0: the difference may be chance.</source>
            <translation>区间含 0：差异可能出于偶然。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/train/training_progress.py" />
            <location filename="../../gui/train/training_result.py" />
            <source>Best round</source>
            <translation>最佳轮次</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <source>The round that the validation items picked.</source>
            <translation>由验证商品选出的轮次。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <source>s a round</source>
            <translation>每轮秒数</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <source>Median seconds of a round, on the machine it was trained on.</source>
            <translation>在训练所用机器上每轮耗时的中位数（秒）。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_models.py" />
            <source>Popularity for {run}</source>
            <translation>{run} 的流行度基线</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_panel.py" />
            <source>Compare runs</source>
            <translation>比较运行</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_panel.py" />
            <location filename="../../gui/evaluate/lists_panel.py" />
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Back to &amp;one run</source>
            <translation>返回单个运行(&amp;O)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_panel.py" />
            <source>Tick two runs or more on the left: their figures, curves and settings stand side by side here.</source>
            <translation>在左侧勾选两个或更多运行，其指标、曲线和设置将在此并排显示。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_panel.py" />
            <source>Tick two runs or more. Each gets a letter that stands for it on the right.</source>
            <translation>勾选两个或更多运行，每个都会得到一个字母，在右侧代表它。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Bold: the best. Small: 95 % intervals.</source>
            <translation>粗体：最佳。小字：95 % 区间。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>&amp;Differences only</source>
            <translation>只显示差异(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>The figures of these runs should not be held against each other.</source>
            <translation>这些运行的指标不宜相互比较。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Each run beside popularity on its own candidates.</source>
            <translation>每个运行与其自身候选商品上的流行度并列。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Test figures</source>
            <translation>测试指标</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Same users and candidates. ▲ ▼: the 95 % interval excludes 0.</source>
            <translation>相同的用户与候选商品。▲ ▼：95 % 区间不含 0。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <location filename="../../gui/plots/curve_plot.py" />
            <source>Round {0}</source>
            <translation>第 {0} 轮</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>All settings of these runs are the same.</source>
            <translation>这些运行的设置完全相同。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>No figures.</source>
            <translation>没有指标。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Evaluate a run to have intervals where there are none.</source>
            <translation>没有区间的训练可在评估后得到区间。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <location filename="../../gui/widgets/result_table.py" />
            <source>Protocol</source>
            <translation>评估协议</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Scoring all users with each run…</source>
            <translation>正在用各运行为所有用户评分…</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Differences to {run}</source>
            <translation>与 {run} 的差异</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>The loss of different models is not the same quantity.</source>
            <translation>不同模型的损失不是同一个量。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Validation HR@10</source>
            <translation>验证 HR@10</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>Validation NDCG@10</source>
            <translation>验证 NDCG@10</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <location filename="../../gui/plots/curve_plot.py" />
            <source>round</source>
            <translation>轮</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>None of these runs has recorded this.</source>
            <translation>这些运行都没有记录此项。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/compare_view.py" />
            <source>≠ marks what differs: {count} of {all}.</source>
            <translation>≠ 标出不同之处：{all} 项中的 {count} 项。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Evaluate</source>
            <translation>模型评估</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>&amp;Start evaluation</source>
            <translation>开始评估(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Co&amp;mpare runs…</source>
            <translation>比较运行(&amp;M)…</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>&amp;Lists from elsewhere…</source>
            <translation>其他程序的列表(&amp;L)…</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Measure the lists of another program on the same split and candidates.</source>
            <translation>在相同的划分和候选商品上评估其他程序的列表。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>S&amp;weeps…</source>
            <translation>参数扫描(&amp;W)…</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Trainings with several seeds and settings: mean and deviation.</source>
            <translation>用多个随机种子和多组设置训练：均值与标准差。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Evaluation</source>
            <translation>评估</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Figures come from a trained run. A first one on the demo data takes less than a minute.</source>
            <translation>指标来自训练好的运行。用演示数据训练第一个运行不到一分钟。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Evaluate a run</source>
            <translation>评估一个运行</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Choose a run on the left and press Start: hit rate and NDCG on the test items, beside the popularity baseline on the same candidates.</source>
            <translation>在左侧选择一个运行并按“开始评估”：测试商品上的命中率和 NDCG，并与相同候选商品上的流行度基线对照。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Leak-free: the held-out items are sampled as negatives like any other item the user has not rated.</source>
            <translation>无泄漏：留出的商品与用户未评分的其他商品一样，会被抽作负样本。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>Evaluating "{0}"</source>
            <translation>正在评估“{0}”</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluate_tab.py" />
            <source>The run was trained under the {0} protocol.</source>
            <translation>该运行按{0}协议训练。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>K = {0}</source>
            <translation>K = {0}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Among 99 others (sampled)</source>
            <translation>在另外 99 个商品中（采样）</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Among all items (full rank)</source>
            <translation>在全部商品中（全排名）</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Ranked among</source>
            <translation>排名范围</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>What the held-out item is ranked among.</source>
            <translation>留出的商品与哪些商品一起排名。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Figure</source>
            <translation>指标</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Figures by K</source>
            <translation>各 K 值下的指标</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Bars: 95 % intervals over users. For a curve, ask for several K, such as 5, 10, 20.</source>
            <translation>误差线：用户的 95 % 区间。要画出曲线，请填写多个 K，例如 5, 10, 20。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Bars: 95 % intervals over users.</source>
            <translation>误差线：用户的 95 % 区间。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Fairness: groups of users</source>
            <translation>公平性：用户分组</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>Bars of equal height: everybody is served alike. Activity: quarters by number of train items.</source>
            <translation>柱高相同表示各组待遇一致。活跃度：按训练商品数分为四组。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_plots.py" />
            <source>{figure}, full rank</source>
            <translation>{figure}，全排名</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>How these figures were made</source>
            <translation>这些指标的来历</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>%Ln users tested, each on one held-out item</source>
            <translation>
                <numerusform>测试了 %Ln 个用户，每人一件留出商品</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>as evaluated earlier</source>
            <translation>此前的评估结果</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>Figures</source>
            <translation>指标</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>HR (with one held-out item also Recall), NDCG, MRR: among 99 others. Full: among all items. Small: 95 % intervals.</source>
            <translation>HR（每位用户留出一个商品，故等于召回率）、NDCG、MRR：在另外 99 个商品中排名。全排名：在全部商品中排名。小字：95 % 区间。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>By group of users</source>
            <translation>按用户分组</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>Does everybody get good recommendations?</source>
            <translation>每个人都得到好的推荐吗？</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>What is shown</source>
            <translation>推荐了什么</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>How much of the catalogue, and how popular.</source>
            <translation>覆盖了多少商品，有多热门。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>Users tested</source>
            <translation>测试用户</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>K</source>
            <translation>K</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>Batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <location filename="../../gui/train/training_result.py" />
            <source>{0} protocol</source>
            <translation>{0}协议</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>HR@{0}, full rank</source>
            <translation>HR@{0}，全部商品</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>NDCG@{0}, full rank</source>
            <translation>NDCG@{0}，全部商品</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <source>Data set</source>
            <translation>数据集</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Model</source>
            <translation>模型</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <source>Trained</source>
            <translation>训练时间</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>Parties</source>
            <translation>参与方</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <source>popularity {0}
{1}</source>
            <translation>流行度 {0}
{1}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Every user scores with the shared item embeddings.</source>
            <translation>每个用户都用共享的商品嵌入打分。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Model, fine-tuned items</source>
            <translation>模型，微调后的商品</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Model, personal items</source>
            <translation>模型，个人商品</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Model, global items</source>
            <translation>模型，全局商品</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Every user scores with the items as their own last training left them.</source>
            <translation>每个用户用自己最后一次训练得到的商品打分。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Every user scores with the shared items and the personal ones added to them.</source>
            <translation>每个用户用共享商品加上自己的个人商品打分。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>The file's lists</source>
            <translation>文件中的列表</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Ranked by</source>
            <translation>排序依据</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Length of the list that is looked at.</source>
            <translation>所看列表的长度。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>HR@K</source>
            <translation>HR@K</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>NDCG@K</source>
            <translation>NDCG@K</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>MRR@K</source>
            <translation>MRR@K</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Full MRR</source>
            <translation>全部 MRR</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Group</source>
            <translation>组别</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Coverage</source>
            <translation>覆盖率</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Share of all items that anybody is shown.</source>
            <translation>至少推荐给一个人的商品占全部商品的比例。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Novelty</source>
            <translation>新颖度</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>In bits: how rare the shown items are.</source>
            <translation>单位为比特：推荐的商品有多冷门。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Mean popularity of the shown items, as a percentile: 50 for random lists, 100 for bestsellers.</source>
            <translation>推荐商品的平均流行度百分位：随机列表为 50，全是畅销品为 100。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>Gini</source>
            <translation>基尼系数</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>How unevenly items are shown: 0 all alike, 1 one item for everybody.</source>
            <translation>商品被推荐的不均匀程度：0 为完全平均，1 为所有人都只看到一件商品。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/figure_tables.py" />
            <source>{kind}: {group}</source>
            <translation>{kind}：{group}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Say so on the left, under "Lists are ordered by".</source>
            <translation>请在左侧“列表的排序依据”中说明。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Give the name of the column on the left, and say under "Lists are ordered by" whether it holds ranks or scores, or that the rows stand in their order.</source>
            <translation>请在左侧写明列名，并在“列表的排序依据”中说明它是名次还是分数，或行本身已有序。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Correct the row, or give another column on the left.</source>
            <translation>请更正该行，或在左侧另选一列。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Give the column's name on the left, or its number from 1.</source>
            <translation>请在左侧写明列名，或从 1 开始的列号。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Tables (*.csv *.tsv *.txt *.gz);;All files (*)</source>
            <translation>表格 (*.csv *.tsv *.txt *.gz);;所有文件 (*)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Measuring lists</source>
            <translation>正在评估列表</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Lists from elsewhere</source>
            <translation>其他程序的列表</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Mea&amp;sure the lists</source>
            <translation>评估列表(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Choose a file of lists</source>
            <translation>选择列表文件</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>&amp;Export the split…</source>
            <translation>导出划分(&amp;E)…</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Writes train, validation and test items and the candidates of this data set, for another program.</source>
            <translation>写出该数据集的训练、验证、测试商品和候选商品，供其他程序使用。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Choose a table of user, item, and rank or score that another program made. It is measured on the same split and, where they apply, the same candidates as a run. Export the split first, so that the other program trains on the same items.</source>
            <translation>选择其他程序生成的表格，含用户、商品，以及名次或分数。它会在与运行相同的划分上评估，并在适用时使用相同的候选商品。请先导出划分，使那个程序在相同的商品上训练。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <location filename="../../gui/train/dataset_jobs.py" />
            <source>Waiting for the list of data sets.</source>
            <translation>正在等待数据集列表。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>This data set is not on this machine yet: fetch it in Train.</source>
            <translation>本机还没有这个数据集：请在“模型训练”中获取。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Choose a file of lists.</source>
            <translation>请选择列表文件。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Choose where the folder of the split is to be</source>
            <translation>选择划分文件夹的位置</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>Open the &amp;folder</source>
            <translation>打开文件夹(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_panel.py" />
            <source>The split is in {0}</source>
            <translation>划分已写入 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>rank</source>
            <translation>名次</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>score</source>
            <translation>分数</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>order of the rows</source>
            <translation>行的先后</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>Ordered by</source>
            <translation>排序依据</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>Rows in the file</source>
            <translation>文件行数</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>Users with a list</source>
            <translation>有列表的用户</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <source>Save rep&amp;ort…</source>
            <translation>保存报告(&amp;O)…</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <source>One file to send or keep, as PDF or HTML: settings, figures, plots, protocol, privacy statement, data set and versions.</source>
            <translation>一个可发送或留存的文件（PDF 或 HTML）：设置、指标、图表、协议、隐私说明、数据集和版本。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <source>Save the report</source>
            <translation>保存报告</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <source>PDF files (*.pdf);;HTML files (*.html)</source>
            <translation>PDF 文件 (*.pdf);;HTML 文件 (*.html)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <location filename="../../gui/runs/runs_dialog.py" />
            <location filename="../../gui/widgets/result_table.py" />
            <location filename="../../gui/widgets/save_picture.py" />
            <source>Saved to {0}</source>
            <translation>已保存到 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <source>It says what is missing in it, and why.</source>
            <translation>报告中写明缺少的内容及原因。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/report_export.py" />
            <source>Open &amp;it</source>
            <translation>打开(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/run_checks.py" />
            <source>Search by name, model, data set or date</source>
            <translation>按名称、模型、数据集或日期搜索</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/run_checks.py" />
            <location filename="../../gui/runs/runs_dialog.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <source>Search runs</source>
            <translation>搜索训练</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/run_checks.py" />
            <source>Runs to compare</source>
            <translation>要比较的运行</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/run_checks.py" />
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>No such run.</source>
            <translation>没有这样的运行。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/run_checks.py" />
            <source>{chosen} chosen, of at most {most}</source>
            <translation>已选 {chosen} 个，最多 {most} 个</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/run_checks.py" />
            <source>At most {most} runs can be compared at a time. Take another one out first.</source>
            <translation>一次最多比较 {most} 个运行。请先取消另一个。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Sweeps</source>
            <translation>参数扫描</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>No sweep yet.</source>
            <translation>还没有参数扫描。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>&amp;Go on with what is missing</source>
            <translation>继续训练缺少的运行(&amp;G)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Take off this &amp;list</source>
            <translation>从列表中移除(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>No sweep yet</source>
            <translation>还没有参数扫描</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Under Train, "Repeat and vary…" trains with several seeds and several values of settings.</source>
            <translation>在“模型训练”中，“重复与扫描…”会用多个随机种子和多组设置值训练。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>mean ± standard deviation over the seeds</source>
            <translation>各随机种子的均值 ± 标准差</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>★: its 95 % interval lies above all others</source>
            <translation>★：其 95 % 区间高于其余各组</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Runs</source>
            <translation>运行</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>How many of the runs have finished.</source>
            <translation>已完成的运行数。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Valid. HR</source>
            <translation>验证 HR</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>HR@10 of the validation items: choose settings by these.</source>
            <translation>验证商品的 HR@10：请据此选择设置。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Valid. NDCG</source>
            <translation>验证 NDCG</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>NDCG@10 of the validation items.</source>
            <translation>验证商品的 NDCG@10。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>Trainings repeated with several seeds, and with several values of settings.</source>
            <translation>用多个随机种子、多组设置值重复的训练。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>The runs stay.</source>
            <translation>运行会保留。</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>seeds {first} to {last}</source>
            <translation>随机种子 {first} 至 {last}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <location filename="../../gui/train/training_result.py" />
            <source>seed {0}</source>
            <translation>种子 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/evaluate/sweeps_panel.py" />
            <source>{n} missing</source>
            <translation>还缺 {n} 个</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>.</source>
            <translation>。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} is too large.</source>
            <translation>{field}太大。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} must be at least {limit}.</source>
            <translation>{field}至少为 {limit}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} must be greater than {limit}.</source>
            <translation>{field}必须大于 {limit}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} can be at most {limit}.</source>
            <translation>{field}最多为 {limit}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} must be less than {limit}.</source>
            <translation>{field}必须小于 {limit}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} is missing.</source>
            <translation>缺少{field}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} can have at most {limit} characters.</source>
            <translation>{field}最多 {limit} 个字符。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} is missing: enter a whole number.</source>
            <translation>缺少{field}：请输入整数。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/form_errors.py" />
            <source>{field} is missing: enter a number.</source>
            <translation>缺少{field}：请输入数字。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/forms.py" />
            <source>nothing</source>
            <translation>空</translation>
        </message>
        <message>
            <location filename="../../gui/forms/forms.py" />
            <source>Reset {field}</source>
            <translation>重置{field}</translation>
        </message>
        <message>
            <location filename="../../gui/forms/forms.py" />
            <source>Changed. Back to {value}</source>
            <translation>已更改。恢复为 {value}</translation>
        </message>
        <message>
            <location filename="../../gui/forms/number_edit.py" />
            <source>From {low} to {high}.</source>
            <translation>{low} 到 {high}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/number_edit.py" />
            <source>More than {low}, at most {high}.</source>
            <translation>大于 {low}，最多 {high}。</translation>
        </message>
        <message>
            <location filename="../../gui/forms/number_edit.py" />
            <source>At least {low}, less than {high}.</source>
            <translation>至少 {low}，小于 {high}。</translation>
        </message>
        <message>
            <location filename="../../gui/plots/curve_axes.py" />
            <source>Wheel: zoom. Drag: move. Double click: show everything. Values appear under the mouse.</source>
            <translation>滚轮：缩放。拖动：移动。双击：显示全部。鼠标所在处显示数值。</translation>
        </message>
        <message>
            <location filename="../../gui/plots/curve_plot.py" />
            <source>Show everything</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <location filename="../../gui/plots/curve_plot.py" />
            <source>popularity</source>
            <translation>流行度</translation>
        </message>
        <message>
            <location filename="../../gui/plots/series_plot.py" />
            <location filename="../../gui/privacy/heatmap.py" />
            <source>Values appear under the mouse.</source>
            <translation>鼠标指向处显示数值。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/audit.py" />
            <source>Attacks on this run</source>
            <translation>对该运行的攻击</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/audit.py" />
            <source>Also in the run folder, audit.json, and in the report of the Evaluate tab.</source>
            <translation>也保存在运行文件夹的 audit.json 中，并写入“评估”页的报告。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/audit.py" />
            <source>What that means</source>
            <translation>说明了什么</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/audit.py" />
            <source>What a cheating server learns</source>
            <translation>作弊的服务器能得知什么</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/audit.py" />
            <source>No audit yet: press Start audit on the left. On the demo data it takes a few seconds.</source>
            <translation>尚未审计：请按左侧的“开始审计”。在演示数据上只需几秒钟。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/audit.py" />
            <source>Masks hide one party's message; they do nothing against what the result itself tells, which only noise does. These attacks are simple ones: a low figure is no proof.</source>
            <translation>掩码隐藏单个参与方的消息，但不能阻止结果本身透露的信息，那只能靠噪声。这些都是简单的攻击：数值低并不能证明安全。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Be a cheating server</source>
            <translation>扮演作弊的服务器</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Verification log</source>
            <translation>核对记录</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>C&amp;heat in one round</source>
            <translation>在一轮中作弊(&amp;H)</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Newest first; also in the run folder, verification.jsonl.</source>
            <translation>最新的在前；也保存在运行文件夹的 verification.jsonl 中。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>{cheat}: {changed} % of the sum's numbers are wrong; masks do not cancel, and it is noise.</source>
            <translation>{cheat}：总和中 {changed} % 的数值有误；掩码无法抵消，结果成为噪声。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>{cheat}: {changed} % of the sum's numbers are wrong, by at most {largest} times the largest one.</source>
            <translation>{cheat}：总和中 {changed} % 的数值有误，误差至多为最大数值的 {largest} 倍。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>In training, this round is discarded and trained again.</source>
            <translation>在训练中，这一轮会作废并重新训练。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>The server's next item table, which all users get, would be made of a wrong sum.</source>
            <translation>服务器下一张商品表会由错误的总和算出，并发给所有用户。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Choose what the server does to the sum of one round, and who checks it. The run is not changed.</source>
            <translation>选择服务器对一轮的总和做什么，以及由谁核对。该运行不会改变。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Nothing was checked yet: train with verified aggregation, or cheat once.</source>
            <translation>还没有核对过：请用可验证聚合训练，或在上面作弊一次。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>The server</source>
            <translation>服务器的做法</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>How the round is summed</source>
            <translation>这一轮如何求和</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Named: {culprits}.</source>
            <translation>被指名：{culprits}。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Nobody noticed.</source>
            <translation>无人察觉。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/cheat.py" />
            <source>Caught.</source>
            <translation>已被发现。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/diagram.py" />
            <source>What leaves a party, as a diagram</source>
            <translation>离开参与方的内容（示意图）</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/diagram.py" />
            <source>Server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/diagram.py" />
            <source>Beside these, by way of the server: {messages}.</source>
            <translation>此外经由服务器传递：{messages}。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Privacy budget (differential privacy)</source>
            <translation>隐私预算（差分隐私）</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Epsilon so far</source>
            <translation>至今的 epsilon</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Delta</source>
            <translation>δ</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Noise (times C)</source>
            <translation>噪声（C 的倍数）</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <location filename="../../fl/settings/train.py" />
            <source>Clipping norm (C)</source>
            <translation>裁剪范数（C）</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Epsilon by round</source>
            <translation>各轮的 epsilon</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <location filename="../../gui/privacy/messages.py" />
            <source>No round yet.</source>
            <translation>还没有完成任何一轮。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Not covered by epsilon</source>
            <translation>epsilon 未涵盖</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Figures of the finished run: test figures, popularity baseline, reports. They are exact sums.</source>
            <translation>训练结束后的指标：测试指标、热门度基线、报告。它们是精确的总和。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Trying several settings on the same data: every run has an epsilon of its own, and they add up.</source>
            <translation>在同一数据上尝试多种设置：每个运行各有 epsilon，会累加起来。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Facts of the data in the run's config.json: its fingerprint, the number of ratings, and FCF's weight alpha.</source>
            <translation>运行的 config.json 中关于数据的事实：指纹、评分数量，以及 FCF 的权重 alpha。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>What a party refuses to send and why (a value beyond the range is told with its noise).</source>
            <translation>参与方拒绝发送什么以及原因（超出范围的值会连同其噪声一起被告知）。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>How long a round takes; that noise and sums are rounded as computers do.</source>
            <translation>一轮的时长；以及噪声与总和按计算机的方式取整。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>A party takes its own part of the noise off: to it, the sum is less noisy than the figure says.</source>
            <translation>参与方可以去掉自己的那份噪声：对它而言，总和的噪声小于该数值所示。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Of each user: noise on the sum, added by the parties before masking.</source>
            <translation>保护每个用户：噪声加在总和上，由各参与方在加掩码前加入。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>Local: noise on each user's update, before it is added to others.</source>
            <translation>本地：在与其他更新相加之前，给每个用户的更新加噪声。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>This run has no differential privacy: no noise was added, and nothing bounds what the sums and the finished model say about a user. To train with it, choose Differential privacy among the advanced settings of the Train tab.</source>
            <translation>该运行没有差分隐私：没有加噪声，总和与训练好的模型会透露用户多少信息没有上限。若要使用，请在“训练”页的高级设置中选择差分隐私。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>epsilon</source>
            <translation>epsilon</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/epsilon.py" />
            <source>of at most {target}</source>
            <translation>上限 {target}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/heatmap.py" />
            <source>dimension</source>
            <translation>维度</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/heatmap.py" />
            <source>item</source>
            <translation>商品</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/heatmap.py" />
            <source>item {item}, dimension {dimension}: {value}</source>
            <translation>商品 {item}，维度 {dimension}：{value}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/heatmap.py" />
            <source>Colour scale: {numbers}</source>
            <translation>色标：{numbers}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>Everything that crosses a party's border in training, as the program defines it; a test watches that nothing else does. Sizes are those of the last round. What is masked reads as noise for everybody but all other parties together with the server, within the limits of the claim above.</source>
            <translation>训练中越过参与方边界的一切，按程序的定义；有测试确保没有其他内容。大小取自最后一轮。加掩码的内容对他人是噪声，除非串通达到上面声明的限度。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>Rows are items, columns are numbers of their embeddings: the same crop in all pictures. Half of the rows are those that the party changes most. Blue and yellow are below and above zero; the received picture shows each number's place in its range, 0 to 1.</source>
            <translation>行是商品，列是其嵌入的各个数值：各图截取同一部分。其中一半的行是该参与方改动最大的。蓝色和黄色表示小于和大于零；收到的图显示每个数在其取值范围内的位置，0 到 1。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>One round of this run is replayed on this machine with the real protocol, and the server changes the sum in the way you choose. The run itself is only read. Under verified aggregation each party adds up the masked uploads itself and compares with the server's sum, value by value.</source>
            <translation>在本机用真实协议重放该运行的一轮，服务器按您的选择改动总和。训练本身只被读取。在可验证聚合下，各参与方自己把加掩码的上传内容相加，并与服务器的总和逐值比较。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>A line for each round under verified aggregation, and for each demonstrated cheat: in training (with the settings 'Server cheats in round') or here, in a replayed round.</source>
            <translation>可验证聚合下每轮一行，每次演示的作弊也有一行：在训练中（设置“服务器作弊的轮次”）或在此处重放的一轮中。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>Differential privacy: what training reveals is at most e^epsilon times as likely with a user's data as without, except with probability delta. Small is good: 1 is strong, 8 is usual, more than 10 says little. It grows with each round.</source>
            <translation>差分隐私：训练所透露的内容，有某个用户的数据时出现的可能性至多是没有时的 e^epsilon 倍，例外的概率为 delta。越小越好：1 很强，8 常见，超过 10 意义不大。它随每轮增长。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>Attacks that somebody who reads messages or the finished item table could try. Area under the ROC curve (AUC): the chance that a true case is ranked above a false one, 0.50 is guessing. Precision: the share of right answers. Simple attacks: a low figure is no proof.</source>
            <translation>读到消息或最终商品表的人可能尝试的攻击。ROC 曲线下面积（AUC）：真实情形排在虚假情形之前的概率，0.50 等于猜测。精确率：回答正确的比例。这些攻击很简单：数值低并不能证明安全。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/help.py" />
            <source>What is this? {heading}</source>
            <translation>这是什么？{heading}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <location filename="../../gui/train/privacy_note.py" />
            <source>What leaves a party</source>
            <translation>离开参与方的内容</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <source>Every kind of message</source>
            <translation>所有种类的消息</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <source>Nothing else crosses a party's border in training.</source>
            <translation>训练中没有其他内容越过参与方的边界。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <source>What no aggregator hides</source>
            <translation>任何聚合方式都无法隐藏的内容</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <location filename="../../gui/privacy/words.py" />
            <source>every party</source>
            <translation>各参与方</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <location filename="../../gui/privacy/words.py" />
            <source>the other parties</source>
            <translation>其他参与方</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <location filename="../../gui/privacy/words.py" />
            <source>once per 64 messages</source>
            <translation>每 64 条消息一次</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <source>Solid red: the server reads what one party sends.</source>
            <translation>红色实线：服务器读得到单个参与方发送的内容。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/messages.py" />
            <source>Dashed green: one party's message is hidden; the server learns sums over parties.</source>
            <translation>绿色虚线：单个参与方的消息是隐藏的；服务器只得知各方的总和。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Auditing "{0}"</source>
            <translation>审计“{0}”</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>&amp;Start audit</source>
            <translation>开始审计(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>What to look at</source>
            <translation>查看内容</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Replaying a round of "{0}"</source>
            <translation>重放“{0}”的一轮</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Cheating in a round of "{0}"</source>
            <translation>在“{0}”的一轮中作弊</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>What leaves a party is shown for a trained run. A first one on the demo data takes about a minute.</source>
            <translation>这里显示训练好的运行中离开参与方的内容。在演示数据上训练一次约需一分钟。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Look at a run's privacy</source>
            <translation>查看一个运行的隐私</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Choose a run on the left: what its parties sent, who could read it, and what it gives away.</source>
            <translation>请在左侧选择一个运行：各方发送了什么，谁能读到，又透露了什么。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Attacks the run on this machine: rebuilds rated items from a round's messages, and trains twice on half of the users to tell them from the others. As a server that cheats it tries what the aggregator has to withstand. The run is not changed.</source>
            <translation>在本机攻击该运行：由一轮的消息还原评过分的商品，并用一半用户训练两次，以分辨他们与其他用户；还扮演作弊的服务器，尝试聚合方式必须抵御的手段。该运行不会改变。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Messages</source>
            <translation>消息</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>One round</source>
            <translation>一轮</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Cheating server</source>
            <translation>作弊的服务器</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/privacy_tab.py" />
            <source>Attacks</source>
            <translation>攻击</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>One round, side by side</source>
            <translation>一轮的并排对比</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>Stays in the party. It tells which items its users chose.</source>
            <translation>留在参与方。它透露其用户选了哪些商品。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>Stays in the party. Its part of the noise is drawn anew; without noise nothing is shown.</source>
            <translation>留在参与方内部。其噪声部分为重新抽取；不带噪声的内容一律不显示。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>What the server learns, and takes its step with.</source>
            <translation>服务器得知的内容，并据此更新。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>For demonstration only: this replays a round on this machine with new noise, and shows a party's update with its part of the noise, which no party of a real federation would show.</source>
            <translation>仅供演示：在本机上以新的噪声重放一轮，并显示某一参与方带有其噪声部分的更新；真实联邦中的参与方绝不会展示它。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>Sho&amp;w a party's update with its noise</source>
            <translation>显示参与方带噪声的更新(&amp;W)</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>For demonstration only: this replays a round on this machine and shows a party's true update, which no party of a real federation would show. Here all parties' data are on this machine anyway.</source>
            <translation>仅供演示：在本机重放一轮，并显示某个参与方的真实更新；真实联邦中没有参与方会这样做。这里所有参与方的数据本来就在本机上。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>Sho&amp;w a party's true update</source>
            <translation>显示一个参与方的真实更新(&amp;W)</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>For demonstration: round {round} replayed; {items} items by {columns} dimensions of the table.</source>
            <translation>演示：重放第 {round} 轮；截取表中 {items} 件商品 × {columns} 个维度。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>The pictures are not counted in epsilon, and not kept: do not pass them on.</source>
            <translation>这些图片不计入 ε，也不会保存：请勿转发。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>What the server receives is in shares or ciphertexts, and not shown.</source>
            <translation>服务器收到的是秘密分享或密文，不显示。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>Uniform noise: every number is equally likely, whatever the update is.</source>
            <translation>均匀噪声：无论更新如何，每个数都同样可能。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/round.py" />
            <source>The same as what the party sends: nothing hides it from the server.</source>
            <translation>与该参与方发送的内容相同：没有任何东西对服务器隐藏它。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Message</source>
            <translation>消息</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>From</source>
            <translation>发送方</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>To</source>
            <translation>接收方</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Rows x columns of its arrays</source>
            <translation>其数组的行 x 列</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <location filename="../../gui/runs/all_runs_table.py" />
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>From one sender</source>
            <translation>每个发送方</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>How often</source>
            <translation>频率</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Who can read it</source>
            <translation>谁能读到</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Beside its sender</source>
            <translation>发送方自己除外</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Outcome</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Cheat</source>
            <translation>作弊</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>What the server was asked to do; nothing in an ordinary round</source>
            <translation>要求服务器做什么；普通的一轮为空</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Named</source>
            <translation>被指名</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Who lied</source>
            <translation>谁说了谎</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Why</source>
            <translation>原因</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Attack</source>
            <translation>攻击</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Found</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Precision, or area under the ROC curve (AUC)</source>
            <translation>精确率，或 ROC 曲线下面积（AUC）</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>95 % interval</source>
            <translation>95 % 区间</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>By bootstrap</source>
            <translation>自助法</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Guessing</source>
            <translation>猜测</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>What guessing gets</source>
            <translation>猜测的结果</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Cases</source>
            <translation>样本数</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>Users or items</source>
            <translation>用户或商品</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/tables.py" />
            <source>replayed, {guard}</source>
            <translation>重放，{guard}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>server</source>
            <translation>服务器</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>once per round</source>
            <translation>每轮一次</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>once per run</source>
            <translation>每个运行一次</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>once per message</source>
            <translation>每条消息一次</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Rated items, from one user's plain update</source>
            <translation>由单个用户的明文更新还原评过分的商品</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Rated items, from one user's update with noise</source>
            <translation>从单个用户带噪声的更新还原评分商品</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Often rated items, from a party's plain update</source>
            <translation>由参与方的明文更新还原常被评分的商品</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Often rated items, from a party's update with its noise</source>
            <translation>从参与方带噪声的更新还原常被评分的商品</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>The same, from the masked update</source>
            <translation>同上，由加掩码的更新</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>The attack fails: no better than guessing.</source>
            <translation>攻击失败：不比猜测好。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Of the items named as rated, {value} ({low} to {high}) are right; guessing gets {chance} right.</source>
            <translation>被指为评过分的商品中，{value}（{low} 至 {high}）是对的；猜测的正确率为 {chance}。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Area {value} ({low} to {high}), guessing {chance}.</source>
            <translation>面积 {value}（{low} 至 {high}），猜测为 {chance}。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>All parties shared one process: nothing separated them.</source>
            <translation>所有参与方共用一个进程：没有任何隔离。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>{size}, {pace}</source>
            <translation>{size}，{pace}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Read by: {readers}</source>
            <translation>可读者：{readers}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Sum verified</source>
            <translation>总和已核实</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Caught</source>
            <translation>已发现</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Unnoticed</source>
            <translation>未察觉</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Membership, from a table without noise</source>
            <translation>成员推断，由未加噪声的表</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Membership, from the tables of the order</source>
            <translation>成员推断，由先后关系表</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>hidden</source>
            <translation>隐藏</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>open</source>
            <translation>可读</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>nothing to attack</source>
            <translation>无可攻击</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>{what}: {outcome}</source>
            <translation>{what}：{outcome}</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>The attack works: better than guessing.</source>
            <translation>攻击有效：比猜测好。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>The attack fails: worse than guessing.</source>
            <translation>攻击失败：比猜测还差。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>One organisation's cluster: whoever ran this program had all parties' data anyway.</source>
            <translation>一个组织自己的集群：运行本程序的人本来就拥有所有参与方的数据。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>verified</source>
            <translation>可验证</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>masked</source>
            <translation>掩码</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>plain</source>
            <translation>明文</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Simulation: whoever ran this program had all parties' data anyway.</source>
            <translation>模拟：运行本程序的人本来就拥有所有参与方的数据。</translation>
        </message>
        <message>
            <location filename="../../gui/privacy/words.py" />
            <source>Membership, from a table with noise (epsilon {epsilon})</source>
            <translation>成员推断，由加噪声的表（epsilon {epsilon}）</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <location filename="../../gui/recommend/recommend_tab.py" />
            <location filename="../../gui/train/training_progress.py" />
            <location filename="../../gui/widgets/pickers.py" />
            <location filename="../../gui/words/text.py" />
            <source>%Ln users</source>
            <translation>
                <numerusform>%Ln 个用户</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Search items by title or id</source>
            <translation>按标题或编号搜索商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Search items to pick</source>
            <translation>搜索要选取的商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Items found</source>
            <translation>找到的商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Enter or a click adds the item.</source>
            <translation>按回车或单击即可添加该商品。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Remove all</source>
            <translation>全部移除</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Picked items</source>
            <translation>已选商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Delete takes the chosen item off.</source>
            <translation>按 Delete 键移除所选商品。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Nothing picked yet</source>
            <translation>尚未选取</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Picked: %Ln items</source>
            <translation>
                <numerusform>已选 %Ln 件商品</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Picked</source>
            <translation>已选</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <location filename="../../gui/train/training_progress.py" />
            <location filename="../../gui/words/text.py" />
            <source>%Ln items</source>
            <translation>
                <numerusform>%Ln 件商品</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>No title contains "{0}".</source>
            <translation>没有标题包含“{0}”。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Take off {title}</source>
            <translation>移除 {title}</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <source>{shown} of %Ln items; type to narrow down</source>
            <translation>
                <numerusform>显示 {shown} / %Ln 件商品；继续输入以缩小范围</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_tables.py" />
            <source>Rank</source>
            <translation>名次</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_tables.py" />
            <source>Score</source>
            <translation>得分</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_tables.py" />
            <source>The user's own scoring function applied to the item, 0 to 1. Compare within one user only.</source>
            <translation>该用户自己的评分函数对商品的打分，0 到 1。只能在同一用户内比较。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/item_tables.py" />
            <source>Date</source>
            <translation>日期</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/newcomer.py" />
            <source>What to show</source>
            <translation>显示内容</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/newcomer.py" />
            <source>A scoring function is fitted to the picks on this machine.</source>
            <translation>在本机上按所选商品拟合一个打分函数。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/newcomer.py" />
            <source>Basket: items near the picked ones in the run's item space. No person is thought of.</source>
            <translation>购物篮：在该运行的商品空间中与所选商品相近的商品，不涉及任何人。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/newcomer.py" />
            <source>What such a person would like</source>
            <translation>这样的人会喜欢什么</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/newcomer.py" />
            <source>What goes with these items</source>
            <translation>与这些商品相配的商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/newcomer.py" />
            <source>Reading the items…</source>
            <translation>正在读取商品…</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>A taste for well-known items</source>
            <translation>偏好热门商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>An unusual taste</source>
            <translation>口味独特</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>A taste like most people's</source>
            <translation>口味与大多数人相近</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>{verdict}: on average, an item of this user is better known than {own:.0f} % of all items; for all users it is {all:.0f} %.</source>
            <translation>{verdict}：该用户的商品平均比 {own:.0f} % 的商品更热门；所有用户的平均值为 {all:.0f} %。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Shares of genres</source>
            <translation>各类型占比</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Activity over time</source>
            <translation>随时间的活跃度</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Computed in the user's party, from all the user's items. The average is over everybody's train items.</source>
            <translation>在用户所属的参与方内，由该用户的全部商品算出。平均值取自所有人的训练商品。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>percent</source>
            <translation>百分比</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Items an hour</source>
            <translation>每小时商品数</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Items a day</source>
            <translation>每天商品数</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Items a week</source>
            <translation>每周商品数</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Items a month</source>
            <translation>每月商品数</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Items a year</source>
            <translation>每年商品数</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>this user</source>
            <translation>该用户</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>average</source>
            <translation>平均</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/profile_panel.py" />
            <source>Share of each genre; an item with several counts in parts.</source>
            <translation>各类型的占比；有多个类型的商品按份计入。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Recommending</source>
            <translation>正在推荐</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Recommend</source>
            <translation>商品推荐</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Recommend &amp;items</source>
            <translation>推荐商品(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>For whom</source>
            <translation>为谁推荐</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>For &amp;all users, into a file…</source>
            <translation>为所有用户推荐到文件(&amp;A)…</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Recommendations for all users</source>
            <translation>为所有用户推荐</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>CSV files (*.csv);;JSON lines (*.jsonl)</source>
            <translation>CSV 文件 (*.csv);;JSON Lines (*.jsonl)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Recommendations</source>
            <translation>推荐结果</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Recommendations come from a trained run. A first one on the demo data takes less than a minute.</source>
            <translation>推荐来自训练好的运行。用演示数据训练第一个运行不到一分钟。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Choose a user</source>
            <translation>选择一个用户</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Pick a user on the left and press Recommend, or double-click the user. The user's history appears beside the result.</source>
            <translation>在左侧选择用户并按“推荐商品”，或双击用户。用户的历史会显示在结果旁边。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>&amp;Known user</source>
            <translation>已有用户(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Ne&amp;w user or basket</source>
            <translation>新用户或购物篮(&amp;W)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>The first K items of every user of the run, written to a CSV or JSON-lines file.</source>
            <translation>把该运行中每个用户的前 K 件商品写入 CSV 或 JSON Lines 文件。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Reading the users…</source>
            <translation>正在读取用户…</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Choose a user.</source>
            <translation>请选择一个用户。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>{rows} for {users} saved to {path}</source>
            <translation>已将{users}的{rows}保存到 {path}</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>%Ln rows</source>
            <translation>
                <numerusform>%Ln 行</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>"{0}" has forgotten user {1}.</source>
            <translation>“{0}”已遗忘用户 {1}。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Pick some items</source>
            <translation>选取一些商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>Search on the left and press Enter to pick an item somebody likes. Recommendations appear at once and follow each pick; nothing leaves this machine.</source>
            <translation>在左侧搜索，按回车选取某人喜欢的商品。推荐会立即出现，并随每次选取更新；任何数据都不会离开本机。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>The best items of this genre</source>
            <translation>该类型中最好的商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>About the user</source>
            <translation>关于该用户</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>items not rated yet</source>
            <translation>尚未评分的商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>all items</source>
            <translation>全部商品</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/results.py" />
            <source>%Ln items, newest first</source>
            <translation>
                <numerusform>%Ln 件商品，最新的在前</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>nearest in the item space</source>
            <translation>商品空间中最近</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>fitted to the picks</source>
            <translation>按所选商品拟合</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/results.py" />
            <source>What goes with these %Ln items</source>
            <translation>
                <numerusform>与这 %Ln 件商品相配的商品</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/results.py" />
            <source>For a new user with %Ln items</source>
            <translation>
                <numerusform>给有 %Ln 件商品的新用户</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>All genres</source>
            <translation>所有类型</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>No items left to recommend.</source>
            <translation>没有可推荐的商品了。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>This user has rated nothing.</source>
            <translation>该用户没有任何评分。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>&amp;History</source>
            <translation>历史(&amp;H)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>&amp;Profile</source>
            <translation>画像(&amp;P)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>Top {0} for user {1}</source>
            <translation>用户 {1} 的前 {0} 件商品</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>{milliseconds:.0f} ms on this machine</source>
            <translation>本机 {milliseconds:.0f} 毫秒</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/results.py" />
            <source>History of user {0}</source>
            <translation>用户 {0} 的历史</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>Forget this user…</source>
            <translation>遗忘此用户…</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>Train on with new data</source>
            <translation>用新数据继续训练</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>Forget a user</source>
            <translation>遗忘用户</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>The user's private parameters and history are deleted from all rounds of this run, for good. What the item table has learned with this user stays, and fades with rounds that are trained from now on.</source>
            <translation>该用户的私有参数和历史记录将从此运行的所有轮次中永久删除。商品表此前从该用户学到的内容仍会保留，并随今后训练的轮次逐渐消退。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>&amp;Forget</source>
            <translation>遗忘(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>Delete what the run holds of the chosen user alone: private parameters and history.</source>
            <translation>删除此运行中仅属于所选用户的内容：私有参数和历史记录。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>Import the grown file under the same name first. A new run goes on from this one, which stays.</source>
            <translation>请先以相同名称导入增长后的文件。新运行将从此运行继续，此运行保持不变。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/run_links.py" />
            <source>Have "{run}" forget user {user}?</source>
            <translation>让“{run}”遗忘用户 {user}？</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>Nearness in the person's own item space: 1 is the same direction, 0 unrelated.</source>
            <translation>在此人自己的商品空间中的接近程度：1 为方向相同，0 为无关。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>Why this item?</source>
            <translation>为什么推荐它？</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>Choose an item in the list to see which of the person's items speak for it.</source>
            <translation>在列表中选择一件商品，查看此人的哪些商品支持它。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>None of the person's items speaks for it: it is liked in general.</source>
            <translation>此人的商品都不支持它：它是普遍受欢迎的。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>What each item adds to the score. After an item: people go on from it to this one. Items that take away are not shown, so shares may pass 100 %.</source>
            <translation>每个商品为得分增加的份额。“在……之后”表示人们常在该商品之后接着选择这个商品。减少得分的商品不显示，因此份额之和可能超过 100 %。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>What each item adds to the score. Items that take away are not shown, so shares may pass 100 %.</source>
            <translation>每件商品对得分的贡献。起反作用的商品不显示，因此占比之和可能超过 100 %。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>Nearness of the picked items in the run's item space: 1 is the same direction, 0 unrelated.</source>
            <translation>所选商品在该运行商品空间中的接近程度：1 为方向相同，0 为无关。</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>Why {title}?</source>
            <translation>为什么是 {title}？</translation>
        </message>
        <message>
            <location filename="../../gui/recommend/why_panel.py" />
            <source>after {title}</source>
            <translation>在 {title} 之后</translation>
        </message>
        <message>
            <location filename="../../gui/runs/all_runs_table.py" />
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../gui/runs/all_runs_table.py" />
            <source>On this disk.</source>
            <translation>在本机磁盘上。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/all_runs_table.py" />
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <location filename="../../gui/runs/export_dialog.py" />
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Export a run</source>
            <translation>导出运行</translation>
        </message>
        <message>
            <location filename="../../gui/runs/export_dialog.py" />
            <source>&amp;Without private parts</source>
            <translation>不含私有部分(&amp;W)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/export_dialog.py" />
            <source>Settings, figures, notes, the items with their titles and counts, and the item table. Whoever gets it can read and compare the run, and have lists for new users and baskets. What users had, their ids and their own models stay here; what the item table alone gives away, the audit tells.</source>
            <translation>设置、指标、备注、商品及其标题和次数，以及商品表。收到的人可以查看和比较该运行，并为新用户和购物篮得到推荐列表。用户选择过什么、他们的标识和各自的模型都留在这里；仅凭商品表会泄露什么，由审计说明。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/export_dialog.py" />
            <source>With &amp;private parts</source>
            <translation>含私有部分(&amp;P)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/export_dialog.py" />
            <source>Also what every user had, their ids and their own models: all that is needed to recommend to them and to train on. Give it only to those who may see these.</source>
            <translation>还包括每个用户选择过什么、他们的标识和各自的模型：向他们推荐和继续训练所需的一切。只交给可以看到这些内容的人。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/export_dialog.py" />
            <source>Choose a &amp;file…</source>
            <translation>选择文件(&amp;F)…</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>Rename the run</source>
            <translation>重命名运行</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>&amp;New name</source>
            <translation>新名称(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>New name</source>
            <translation>新名称</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>&amp;Rename</source>
            <translation>重命名(&amp;R)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>Use letters, digits, space, dot, dash and underscore, beginning with a letter or digit.</source>
            <translation>请使用字母、数字、空格、点、短横线和下划线，并以字母或数字开头。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>Present name: {name}</source>
            <translation>现在的名称：{name}</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <source>There is a run called "{run}" already.</source>
            <translation>已有名为“{run}”的运行。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/rename_dialog.py" />
            <location filename="../../gui/train/train_form.py" />
            <source>Call it {name}</source>
            <translation>命名为 {name}</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Runs (*.zip)</source>
            <translation>运行 (*.zip)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>This frees {size}. Reports and lists that were saved elsewhere stay.</source>
            <translation>这将释放 {size}。保存在别处的报告和列表不受影响。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Search runs by name, data set, model, date or note</source>
            <translation>按名称、数据集、模型、日期或备注搜索运行</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Import…</source>
            <translation>导入(&amp;I)…</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>N&amp;ote on this run</source>
            <translation>该运行的备注(&amp;O)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>What it was for, what was learnt. It is kept with the run.</source>
            <translation>它的用途，以及从中得到的结论。与运行一起保存。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Note on this run</source>
            <translation>该运行的备注</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Train again with these settings</source>
            <translation>用这些设置再次训练(&amp;T)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Rename…</source>
            <translation>重命名(&amp;R)…</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Open its &amp;folder</source>
            <translation>打开其文件夹(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Delete…</source>
            <translation>删除(&amp;D)…</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Delete runs</source>
            <translation>删除运行</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Delete %Ln runs for good?</source>
            <translation>
                <numerusform>永久删除 %Ln 个运行？</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>&amp;Delete</source>
            <translation>删除(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>It holds what users had and their own models: give it only to those who may see these.</source>
            <translation>其中含有用户选择过的内容和他们各自的模型：只交给可以看到这些内容的人。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>What users had and their own models are not in it.</source>
            <translation>其中不含用户选择过的内容和他们各自的模型。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>A run in a file</source>
            <translation>文件中的运行</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>A file that another computer wrote with Export.</source>
            <translation>另一台计算机用“导出”写成的文件。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Fills the form of the Train page; nothing starts yet.</source>
            <translation>填写“训练”页的表单；尚不开始。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>One file for a colleague, or for another computer.</source>
            <translation>给同事或另一台计算机的一个文件。</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>%Ln runs</source>
            <translation>
                <numerusform>%Ln 个运行</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>%Ln of them cannot be read</source>
            <translation>
                <numerusform>其中 %Ln 个无法读取</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>%Ln runs chosen</source>
            <translation>
                <numerusform>已选择 %Ln 个运行</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Run "{run}" is here.</source>
            <translation>运行“{run}”已在本机。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>It came without its private parts: figures, report, lists for new users and baskets.</source>
            <translation>它不含私有部分：可用指标、报告，以及新用户和购物篮的列表。</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>{size} on this disk</source>
            <translation>占用磁盘 {size}</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Writing {path}…</source>
            <translation>正在写入 {path}…</translation>
        </message>
        <message>
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Reading {path}…</source>
            <translation>正在读取 {path}…</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <source>{shown} of %Ln runs</source>
            <translation>
                <numerusform>{shown} / %Ln 个运行</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/tabs/job_panel.py" />
            <source>The engine is being restarted.</source>
            <translation>引擎正在重新启动。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/job_panel.py" />
            <location filename="../../gui/train/queue_runner.py" />
            <source>Correct the marked fields first.</source>
            <translation>请先改正标出的字段。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/job_panel.py" />
            <source>Cancelling…</source>
            <translation>正在取消…</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/job_panel.py" />
            <source>{0} is running. This can start when it has ended.</source>
            <translation>{0}。等它结束后才能开始。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>This run came without its private parts, which are needed here.</source>
            <translation>该运行不含私有部分，而这里需要它们。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>All runs…</source>
            <translation>所有运行…</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>Working</source>
            <translation>正在处理</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>This run has not finished a round yet.</source>
            <translation>该运行还没有完成任何一轮。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>Search, note, rename, delete, export and import runs.</source>
            <translation>搜索、备注、重命名、删除、导出和导入运行。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>Train a run first.</source>
            <translation>请先训练一个运行。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>Waiting for the list of runs.</source>
            <translation>正在等待运行列表。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>The list of trained runs appears as soon as the engine is up.</source>
            <translation>引擎就绪后，这里会出现已训练的运行。</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>This run cannot be used: {0}</source>
            <translation>无法使用该运行：{0}</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>No trained run yet</source>
            <translation>还没有训练过的运行</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_panel.py" />
            <source>Go to Train</source>
            <translation>前往训练</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_picker.py" />
            <source>Search runs by name, data set, model or date</source>
            <translation>按名称、数据集、模型或日期搜索运行</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_picker.py" />
            <source>Trained runs</source>
            <translation>已训练的运行</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_picker.py" />
            <source>HR@10</source>
            <translation>HR@10</translation>
        </message>
        <message>
            <location filename="../../gui/tabs/run_picker.py" />
            <source>Of the held-out test items; of the validation items while there are no test figures.</source>
            <translation>取自留出的测试商品；没有测试指标时取自验证商品。</translation>
        </message>
        <message>
            <location filename="../../gui/train/dataset_jobs.py" />
            <source>Getting {0}</source>
            <translation>正在获取 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/dataset_jobs.py" />
            <source>Get {0} first: download it, or take it from a file or folder.</source>
            <translation>请先获取 {0}：下载，或使用本机的文件或文件夹。</translation>
        </message>
        <message>
            <location filename="../../gui/train/epsilon.py" />
            <source>Epsilon spent</source>
            <translation>已用的 ε</translation>
        </message>
        <message>
            <location filename="../../gui/train/epsilon.py" />
            <source>{run}: round {round} of {rounds}, epsilon {epsilon}, validation {figures}, {seconds} s</source>
            <translation>{run}：第 {round}/{rounds} 轮，ε {epsilon}，验证 {figures}，{seconds} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/train/epsilon.py" />
            <source>{0}: round {1} of {2}, loss {3:.4f}, validation {4}, {5:.2f} s</source>
            <translation>{0}：第 {1} / {2} 轮，损失 {3:.4f}，验证 {4}，{5:.2f} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>as your last such run</source>
            <translation>依据您上次的同类运行</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>a rough estimate</source>
            <translation>粗略估计</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>From rounds measured on a machine with two cores. After a first run with this data set, model and number of parties, its rounds are taken instead.</source>
            <translation>依据在一台双核机器上测得的轮次。用同样的数据集、模型和参与方数运行过一次之后，改用那次运行的轮次。</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>Takes {time}, {memory} of memory</source>
            <translation>需要{time}，内存 {memory}</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>From the rounds of your run "{run}".</source>
            <translation>依据您的运行“{run}”的各轮。</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>{words} ({source}).</source>
            <translation>{words}（{source}）。</translation>
        </message>
        <message>
            <location filename="../../gui/train/estimate_line.py" />
            <source>Only {free} of memory are free: close other programs, or choose fewer parties.</source>
            <translation>只有 {free} 空闲内存：请关闭其他程序，或减少参与方。</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>The folder that the federation's administrator gave you, with your keys in it.</source>
            <translation>联邦管理员给您的文件夹，其中有您的密钥。</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>Folder of your &amp;kit</source>
            <translation>成员包文件夹(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>a folder with federation.toml</source>
            <translation>含有 federation.toml 的文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>Folder of your kit</source>
            <translation>成员包文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <location filename="../../gui/widgets/file_field.py" />
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>Settings of the federation</source>
            <translation>联邦的设置</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>Reading the kit…</source>
            <translation>正在读取成员包…</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>Choose the folder of your kit first.</source>
            <translation>请先选择您的成员包文件夹。</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>The folder of your kit</source>
            <translation>您的成员包文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/train/federation_panel.py" />
            <source>You are {member} in {federation}, with {others}. {items} items. Your certificate is good until {date}.</source>
            <translation>您是 {federation} 中的 {member}，其他成员：{others}。共 {items} 件商品。您的证书有效期至 {date}。</translation>
        </message>
        <message>
            <location filename="../../gui/train/log_panel.py" />
            <source>Search the log</source>
            <translation>搜索日志</translation>
        </message>
        <message>
            <location filename="../../gui/train/log_panel.py" />
            <source>Copy the whole log</source>
            <translation>复制全部日志</translation>
        </message>
        <message>
            <location filename="../../gui/train/log_panel.py" />
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/log_panel.py" />
            <source>%n found</source>
            <translation>
                <numerusform>找到 %n 处</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>waited for</source>
            <translation>等待加入</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>connected</source>
            <translation>已连接</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>training</source>
            <translation>训练中</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <location filename="../../gui/widgets/picker_models.py" />
            <source>finished</source>
            <translation>已完成</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <location filename="../../gui/widgets/picker_models.py" />
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>Members of the federation</source>
            <translation>联邦成员</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>{name}: {state}</source>
            <translation>{name}：{state}</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>{name} on {node}: {state}</source>
            <translation>{name}（{node}）：{state}</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>training, round {0} done</source>
            <translation>训练中，已完成第 {0} 轮</translation>
        </message>
        <message>
            <location filename="../../gui/train/members_line.py" />
            <source>lost since {0}</source>
            <translation>自 {0} 起失联</translation>
        </message>
        <message>
            <location filename="../../gui/train/privacy_note.py" />
            <source>What a party sends while training with these settings.</source>
            <translation>按这些设置训练时参与方发送的内容。</translation>
        </message>
        <message>
            <location filename="../../gui/train/privacy_note.py" />
            <source>What exactly?</source>
            <translation>具体是什么？</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/queue_panel.py" />
            <source>%n rounds</source>
            <translation>
                <numerusform>%n 轮</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>automatic name</source>
            <translation>自动命名</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>Waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>Start the queue</source>
            <translation>启动队列</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>Move up</source>
            <translation>上移</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>Move down</source>
            <translation>下移</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>Remove from the queue</source>
            <translation>从队列中移除</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>Waiting trainings</source>
            <translation>等待中的训练</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/queue_panel.py" />
            <source>Waiting: %n runs</source>
            <translation>
                <numerusform>等待中：%n 个运行</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>{model} on {data}</source>
            <translation>{model}，{data}</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>These were waiting when the window was closed, or when the engine ended.</source>
            <translation>窗口关闭或引擎结束时，这些运行正在等待。</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_panel.py" />
            <source>The next one starts when the running one ends, whether it succeeds or not.</source>
            <translation>当前运行结束后（无论成功与否），下一个会开始。</translation>
        </message>
        <message>
            <location filename="../../gui/train/queue_runner.py" />
            <source>"{run}" is taken: give the next run another name.</source>
            <translation>“{run}”已被使用：请给下一个运行另取名称。</translation>
        </message>
        <message>
            <location filename="../../gui/train/resume_offers.py" />
            <source>"{0}" was interrupted after round {1} of {2}.</source>
            <translation>“{0}”在第 {1} / {2} 轮后中断。</translation>
        </message>
        <message>
            <location filename="../../gui/train/resume_offers.py" />
            <source>Resume &amp;it</source>
            <translation>继续(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../gui/train/resume_offers.py" />
            <source>It can be resumed when the queue is through.</source>
            <translation>队列全部完成后可以继续该运行。</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Repeat and vary a training</source>
            <translation>重复与扫描训练</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>&amp;Add to the queue</source>
            <translation>加入队列(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Give the sweep a name.</source>
            <translation>请给参数扫描起个名称。</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Trains with the settings of the form, once for each seed, and with every combination of the values given below. The runs wait in the queue; what they find stands under Evaluate, Sweeps.</source>
            <translation>用表单中的设置训练，每个随机种子一次，并训练下列取值的每种组合。这些运行在队列中等待；结果见“模型评估”中的“参数扫描”。</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Settings to vary, with their values</source>
            <translation>要变化的设置及其取值</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>for example {0}</source>
            <translation>例如 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Setting {0}</source>
            <translation>设置 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>Values of setting {0}</source>
            <translation>设置 {0} 的取值</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_start.py" />
            <source>Repeat and vary…</source>
            <translation>重复与扫描…</translation>
        </message>
        <message>
            <location filename="../../gui/train/sweep_start.py" />
            <source>Trains with several seeds, and with several values of settings you choose.</source>
            <translation>用多个随机种子以及所选设置的多个取值训练。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Add to &amp;queue</source>
            <translation>加入队列(&amp;Q)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Leave after this r&amp;ound</source>
            <translation>本轮后退出(&amp;O)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>St&amp;op after this round</source>
            <translation>本轮后停止(&amp;O)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Train with these settings as well, after what runs and waits now.</source>
            <translation>在当前运行和等待的训练之后，也用这些设置训练。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Stopping…</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Leaves the training when the current round is on disk; the others may go on, and you can come back.</source>
            <translation>当前轮写入磁盘后退出训练；其他成员可以继续，您也可以再回来。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Pa&amp;use</source>
            <translation>暂停(&amp;U)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>&amp;Go on</source>
            <translation>继续(&amp;G)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Waits when the current round is on disk; other work of this machine gets the room.</source>
            <translation>当前轮次保存到磁盘后等待，把机器让给其他工作。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_controls.py" />
            <source>Goes on with the next round.</source>
            <translation>继续下一轮。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>This computer (simulation)</source>
            <translation>本机（模拟）</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>My organisation in a federation</source>
            <translation>联邦中的本机构</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>A Ray cluster</source>
            <translation>一个 Ray 集群</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>Where the parties run. Between organisations, each has its own computer and its own data. A Ray cluster is one organisation's: this program deals out the data to its computers.</source>
            <translation>参与方在哪里运行。在组织之间，每个组织有自己的计算机和自己的数据。Ray 集群属于一个组织：本程序把数据分发给集群的计算机。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>&amp;Advanced settings</source>
            <translation>高级设置(&amp;A)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>W&amp;here parties run</source>
            <translation>参与方运行位置(&amp;H)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>Where parties run</source>
            <translation>参与方运行位置</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>Find a setting</source>
            <translation>查找设置</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>Reset all settings to their defaults</source>
            <translation>把所有设置恢复为默认值</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>Differential privacy begins with other values for: {settings}. Each can be changed.</source>
            <translation>差分隐私以其他值开始：{settings}。每项都可更改。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>No setting has these words.</source>
            <translation>没有设置含有这些词。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>There is a run called "{run}" already. Free is "{free}".</source>
            <translation>已有名为“{run}”的训练。可用的名称：“{free}”。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>Without meaning while the others are as they are: {settings}.</source>
            <translation>在其他设置不变时没有意义：{settings}。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_form.py" />
            <source>{0} changed</source>
            <translation>已修改 {0} 项</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>New training run</source>
            <translation>新的训练</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>&amp;Start training</source>
            <translation>开始训练(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Press Start to train on it.</source>
            <translation>按“开始训练”即可用它训练。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Nothing was kept.</source>
            <translation>没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>"{0}" was cancelled after round {1} of {2}.</source>
            <translation>“{0}”在第 {1} / {2} 轮后取消。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Not finished</source>
            <translation>未完成</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>"{0}" ended after round {1} of {2}.</source>
            <translation>“{0}”在第 {1} / {2} 轮后结束。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>The training</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>A federation's training cannot wait in the queue.</source>
            <translation>联邦的训练不能在队列中等待。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>The form has the settings of "{run}", for a new run.</source>
            <translation>表单已填入“{run}”的设置，用于新的运行。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>took {0}</source>
            <translation>用时 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Give the address of the cluster first.</source>
            <translation>请先填写集群地址。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>{0} elapsed</source>
            <translation>已用 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>{0} is ready</source>
            <translation>{0} 已就绪</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>test HR@10 {hr}</source>
            <translation>测试 HR@10 {hr}</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>The {0} finished rounds of "{1}" are kept.</source>
            <translation>“{1}”已完成的 {0} 轮已保留。</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>SecretRec: {run}</source>
            <translation>SecretRec：{run}</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Training "{0}"</source>
            <translation>正在训练“{0}”</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Cancelling</source>
            <translation>正在取消</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Stopping after this round</source>
            <translation>本轮后停止</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Taking part in {0}</source>
            <translation>正在参加 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Waits until SecretFlow has started…</source>
            <translation>等待 SecretFlow 启动…</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>{0} left</source>
            <translation>还需{0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/train_tab.py" />
            <source>Before this: "{run}": {what}</source>
            <translation>此前：“{run}”：{what}</translation>
        </message>
        <message>
            <location filename="../../gui/train/training.py" />
            <source>Pausing when this round ends</source>
            <translation>本轮结束后暂停</translation>
        </message>
        <message>
            <location filename="../../gui/train/training.py" />
            <source>Finished {0} rounds</source>
            <translation>已完成 {0} 轮</translation>
        </message>
        <message>
            <location filename="../../gui/train/training.py" />
            <source>Stopped after round {0}; the model is kept</source>
            <translation>在第 {0} 轮后停止；模型已保留</translation>
        </message>
        <message>
            <location filename="../../gui/train/training.py" />
            <source>All {0} rounds done, testing</source>
            <translation>全部 {0} 轮已完成，正在测试</translation>
        </message>
        <message>
            <location filename="../../gui/train/training.py" />
            <source>Paused after round {round} of {rounds}</source>
            <translation>已在第 {round} 轮（共 {rounds} 轮）后暂停</translation>
        </message>
        <message>
            <location filename="../../gui/train/training.py" />
            <source>Round {0} of {1}</source>
            <translation>第 {0} / {1} 轮</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>The loss of each round appears here while a run trains.</source>
            <translation>训练时，每一轮的损失显示在这里。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>With differential privacy there is no loss to show: parties do not reveal it, since it would tell something of their users that epsilon does not count.</source>
            <translation>使用差分隐私时没有可显示的损失：参与方不公开它，因为它会透露用户的信息，而 epsilon 并未计入。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>Left plot</source>
            <translation>左侧图</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>Bytes sent</source>
            <translation>传输字节</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>What one party has sent (up) and received (down) since the start appears here.</source>
            <translation>这里显示一个参与方自开始以来发送（上行）和接收（下行）的字节数。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>Validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>HR@10 and NDCG@10 on the validation items appear here, with popularity as a dashed line.</source>
            <translation>验证商品上的 HR@10 和 NDCG@10 显示在这里，流行度为虚线。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>Bytes of one party, all rounds so far added up.</source>
            <translation>一个参与方的字节数，至今各轮累计。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>Each user's last but one item, ranked against 99 items the user never touched.</source>
            <translation>每个用户的倒数第二件商品，与用户从未接触的 99 件商品一起排名。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>up</source>
            <translation>上行</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_curves.py" />
            <source>down</source>
            <translation>下行</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>The run goes on with the other parties.</source>
            <translation>本次运行由其余参与方继续。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>Small view (Ctrl+M)</source>
            <translation>小窗口 (Ctrl+M)</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>Ready to train</source>
            <translation>可以开始训练</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>The demo data set is built in: press Start for a first run of less than a minute. All settings have sensible values.</source>
            <translation>演示数据集是内置的：按“开始训练”，不到一分钟即可完成第一次训练。所有设置都有合理的默认值。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>per round</source>
            <translation>每轮</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>HR@10, validation</source>
            <translation>HR@10，验证</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>NDCG@10, validation</source>
            <translation>NDCG@10，验证</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>Round with the highest validation HR@10 so far.</source>
            <translation>到目前为止验证 HR@10 最高的轮次。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>Sent by a party</source>
            <translation>每方发送量</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>Bytes that one party uploads in one round.</source>
            <translation>一个参与方每轮上传的字节数。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>{run}: {model} on {data}. {users} at {parties}, {drawn} in a round; {items}, {samples}.</source>
            <translation>{run}：{model}，{data}。{users}，分布于{parties}，每轮 {drawn} 个；{items}，{samples}。</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/training_progress.py" />
            <source>%Ln parties</source>
            <translation>
                <numerusform>%Ln 个参与方</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/training_progress.py" />
            <source>%Ln training samples</source>
            <translation>
                <numerusform>%Ln 个训练样本</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>The sum of round {round} was refused, nothing of it was applied, and it is tried again. {reason}</source>
            <translation>第 {round} 轮的总和被拒绝，未作任何更新，正在重试。{reason}</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>of {0} so far</source>
            <translation>到目前为止共 {0} 轮</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <source>{party} dropped out: {why}.</source>
            <translation>{party} 已掉线：{why}。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_progress.py" />
            <location filename="../../gui/train/training_result.py" />
            <source>popularity {0}</source>
            <translation>流行度 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>Recommend with it</source>
            <translation>用它推荐</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>Evaluate it</source>
            <translation>评估它</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>Open its folder</source>
            <translation>打开其文件夹</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>HR@10, test</source>
            <translation>HR@10，测试</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>NDCG@10, test</source>
            <translation>NDCG@10，测试</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>HR@10, full rank</source>
            <translation>HR@10，全部商品</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>NDCG@10, full rank</source>
            <translation>NDCG@10，全部商品</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>Chosen on the validation items; the test items had no say.</source>
            <translation>根据验证商品选出；测试商品不参与选择。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>The run is saved already; give it another name.</source>
            <translation>运行已保存；可为它另取名称。</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>ranges are 95% intervals over users</source>
            <translation>范围为按用户计算的 95% 区间</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>{0:.2f} s a round</source>
            <translation>每轮 {0:.2f} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_result.py" />
            <source>{0} sent per party and round</source>
            <translation>每方每轮发送 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_view.py" />
            <source>&amp;Log</source>
            <translation>日志(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_view.py" />
            <source>Preparing</source>
            <translation>正在准备</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_view.py" />
            <source>HR@10 {0}, test</source>
            <translation>HR@10 {0}，测试</translation>
        </message>
        <message>
            <location filename="../../gui/train/training_view.py" />
            <source>HR@10 {0}, validation</source>
            <translation>HR@10 {0}，验证</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/message_bar.py" />
            <source>Details…</source>
            <translation>详情…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/message_bar.py" />
            <source>Dismiss this message</source>
            <translation>关闭此消息</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/message_bar.py" />
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/message_bar.py" />
            <source>&amp;Copy</source>
            <translation>复制(&amp;C)</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/open_path.py" />
            <source>This desktop has no program that opens it. It is here:</source>
            <translation>此桌面没有可打开它的程序。其位置为：</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/open_path.py" />
            <source>Copy the &amp;path</source>
            <translation>复制路径(&amp;P)</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>cannot be read</source>
            <translation>无法读取</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>stopped</source>
            <translation>已停止</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>interrupted</source>
            <translation>已中断</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/widgets/picker_models.py" />
            <source>%Ln train items</source>
            <translation>
                <numerusform>%Ln 件训练商品</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>download</source>
            <translation>需下载</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>cannot be used</source>
            <translation>无法使用</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>published protocol</source>
            <translation>论文协议</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>without private parts</source>
            <translation>不含私有部分</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>best round {best} of {rounds}</source>
            <translation>最佳轮次 {best} / {rounds}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>round {0} of {1}</source>
            <translation>第 {0} / {1} 轮</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/picker_models.py" />
            <source>HR@10 {0}</source>
            <translation>HR@10 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>No data set known</source>
            <translation>没有已知的数据集</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>No run yet</source>
            <translation>还没有运行</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>Search by id</source>
            <translation>按编号搜索</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>Search users by id</source>
            <translation>按编号搜索用户</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>Pick a user at random</source>
            <translation>随机选择一个用户</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>Most active users first</source>
            <translation>最活跃的用户在前</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>No user id contains "{query}".</source>
            <translation>没有用户编号包含“{query}”。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/pickers.py" />
            <source>{shown} of {total} users; type to narrow down</source>
            <translation>显示 {total} 个用户中的 {shown} 个；输入文字可缩小范围</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>CSV files (*.csv);;JSON files (*.json)</source>
            <translation>CSV 文件 (*.csv);;JSON 文件 (*.json)</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Filter</source>
            <translation>筛选</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Show only rows that contain this text</source>
            <translation>只显示包含该文字的行</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Show only rows that contain this text, for example a genre.</source>
            <translation>只显示包含该文字的行，例如某个类型。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Copy with column headings (Ctrl+C)</source>
            <translation>连同列名一起复制 (Ctrl+C)</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Export as CSV or JSON…</source>
            <translation>导出为 CSV 或 JSON…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>Export the table</source>
            <translation>导出表格</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/result_table.py" />
            <source>The table was not saved to {0}: {1}.</source>
            <translation>表格没有保存到 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/save_picture.py" />
            <source>Save as a picture…</source>
            <translation>保存为图片…</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/save_picture.py" />
            <source>PNG pictures (*.png)</source>
            <translation>PNG 图片 (*.png)</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/save_picture.py" />
            <source>Save as a picture</source>
            <translation>保存为图片</translation>
        </message>
        <message>
            <location filename="../../gui/widgets/save_picture.py" />
            <source>The picture was not saved to {path}: {reason}.</source>
            <translation>图片未能保存到 {path}：{reason}。</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/words/engine_texts.py" />
            <source>{done} of %Ln parties</source>
            <translation>
                <numerusform>{done} / %Ln 个参与方</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/words/engine_texts.py" />
            <source>{done} of {total}</source>
            <translation>{done} / {total}</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/words/engine_texts.py" />
            <source>{done} of %Ln users</source>
            <translation>
                <numerusform>{done} / %Ln 个用户</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>Demo film library (invented)</source>
            <translation>演示影片库（虚构）</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>HR@K (hit rate): share of users whose held-out item is among the first K. Sampled: ranked against 99 items the user never touched. Full rank: against all items.</source>
            <translation>HR@K（命中率）：留出商品排进前 K 名的用户比例。采样：与用户从未接触的 99 件商品一起排名。全部：与所有商品一起排名。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>NDCG@K: like HR@K, but a hit counts more the nearer it is to the top (1 at rank 1, 0.5 at rank 3).</source>
            <translation>NDCG@K：与 HR@K 类似，但命中越靠前得分越高（第 1 名为 1，第 3 名为 0.5）。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>MRR@K: mean of 1/rank of the held-out item, 0 where it is not among the first K.</source>
            <translation>MRR@K：留出商品名次倒数的平均值，未进入前 K 名时为 0。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>One round: every party trains on its own users' data, then the updates are summed once.</source>
            <translation>一轮：每个参与方用自己用户的数据训练，然后把更新汇总一次。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>A party is an organisation that holds some of the users. Their data stays with it.</source>
            <translation>参与方是持有一部分用户的机构。用户数据始终留在该机构。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>Popularity ranks items by how many users chose them. A model that does not beat it has learnt nothing personal.</source>
            <translation>流行度按选择商品的用户数排序。胜不过它的模型没有学到任何个性化的东西。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>What the model minimises, as a mean over the round. Lower is better.</source>
            <translation>模型在一轮中所最小化的量的平均值。越低越好。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>activity</source>
            <translation>活跃度</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>gender</source>
            <translation>性别</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>age group</source>
            <translation>年龄段</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>Generated by SecretRec; all users, films and titles are invented. No restrictions.</source>
            <translation>由 SecretRec 生成；所有用户、影片和片名均为虚构。使用不受限制。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>Your own data.</source>
            <translation>您自己的数据。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>{model}: {loss}.</source>
            <translation>{model}：{loss}。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>Published protocol: held-out items leak into training (they are never drawn as negatives), so these figures are too high. Use them to compare with papers, not to judge quality.</source>
            <translation>论文协议：留出的商品会泄漏到训练中（它们从不被抽作负样本），因此这些指标偏高。只用于与论文比较，不要用来判断质量。</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>a few seconds</source>
            <translation>几秒</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/words/text.py" />
            <source>%Ln interactions</source>
            <translation>
                <numerusform>%Ln 次交互</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>leak-free</source>
            <translation>无泄漏</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>published</source>
            <translation>论文</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>{0} over popularity</source>
            <translation>高于流行度 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>{0} h {1:02d} min</source>
            <translation>{0} 小时 {1:02d} 分</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>about {0} h {1:02d} min</source>
            <translation>约 {0} 小时 {1:02d} 分</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>yes</source>
            <translation>是</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>{0} below popularity</source>
            <translation>低于流行度 {0}</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>{0} s</source>
            <translation>{0} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>{0} min {1:02d} s</source>
            <translation>{0} 分 {1:02d} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>about {0} s</source>
            <translation>约 {0} 秒</translation>
        </message>
        <message>
            <location filename="../../gui/words/text.py" />
            <source>about {0} min</source>
            <translation>约 {0} 分钟</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>The server sees every party's item update, unprotected. Ratings stay.</source>
            <translation>服务器能看到每个参与方的商品更新，没有保护。评分不会外传。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Only masked item updates and counts leave a party. Ratings stay.</source>
            <translation>只有加了掩码的商品更新和计数会离开参与方。评分不会外传。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Simulation: this program reads the data and deals it out.</source>
            <translation>模拟：由本程序读取数据并分发给各方。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Each round a party sends one sum over its users of what they change in the item table, three totals, and sums of validation figures; once, how many interactions each item has.</source>
            <translation>每一轮，各参与方发送一份其用户对商品表改动的总和、三个合计数，以及验证指标的总和；另有一次发送每件商品的交互次数。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Ratings, scoring functions, personal items and single users' figures stay with the party.</source>
            <translation>评分、评分函数、个人商品和单个用户的指标都留在参与方。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>What the sum itself gives away is not hidden, nor who takes part and when.</source>
            <translation>总和本身透露的信息没有隐藏，谁在何时参与也没有隐藏。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Two rounds of which one is without a party give that party's update nearly away, and a server that cheats can call a party lost. Only noise bounds it: differential privacy.</source>
            <translation>若两轮之中有一轮缺少某个参与方，该参与方的更新几乎就会暴露；作弊的服务器也可以谎称某个参与方已掉线。只有噪声能够限制这一点：差分隐私。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Of a user who alone has an item, the sum over all parties can give the user's vector away, and so the user's taste. Only noise bounds it, or leaving such items out of the data.</source>
            <translation>若某个商品只有一个用户有过，对所有参与方的总和就可能暴露该用户的向量，也就是其喜好。只有噪声，或把这类商品从数据中去掉，才能限制这一点。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Whoever reaches the ports of a Ray cluster can run code on its computers, and what these send each other is not encrypted unless its administrator set that up.</source>
            <translation>能访问 Ray 集群端口的人都可以在集群的计算机上运行代码；除非管理员另行设置，这些计算机之间传输的内容不加密。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>While a run is on, every account of this machine can reach its processes and run code as you. Files are closed to them.</source>
            <translation>训练进行期间，本机的每个账户都能访问其进程并以您的身份运行代码。文件则不对他们开放。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>In one process, nothing separates the parties.</source>
            <translation>在同一进程中，各参与方之间没有隔离。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Nobody else's program runs here.</source>
            <translation>这里不运行其他任何一方的程序。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>One organisation's cluster: this program reads the data and deals it out.</source>
            <translation>一个组织自己的集群：本程序读取数据并分发。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>All parties share one process, nothing separates them: for quick looks only.</source>
            <translation>所有参与方共用一个进程，没有任何隔离：只适合快速查看。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Each organisation runs its own program with its own file; all connections use TLS with certificates on both sides, and the audit log says what was sent to whom.</source>
            <translation>每个机构用自己的文件运行自己的程序；所有连接都使用双向证书的 TLS，审计日志记录了向谁发送了什么。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>A Ray cluster of one organisation: this program reads the data file and deals it out to the computers of the cluster. It takes their processors; it does not protect from whoever runs it.</source>
            <translation>一个组织自己的 Ray 集群：本程序读取数据文件，并分发给集群的计算机。它利用这些计算机的处理器；对运行它的人不提供保护。</translation>
        </message>
        <message>
            <location filename="../../gui/words/what_leaves.py" />
            <source>Simulation: all parties are processes on this machine, and this program reads the data file and deals it out. It shows the protocol; it does not protect from whoever runs it.</source>
            <translation>模拟：所有参与方都是本机上的进程，由本程序读取数据文件并分发。它展示协议的过程，但不能防范运行它的人。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>&amp;Data set</source>
            <translation>数据集(&amp;D)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Data set, by its name in the registry.</source>
            <translation>数据集在登记表中的名称。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <location filename="../../fl/settings/sweep.py" />
            <source>Everyday</source>
            <translation>常用</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>&amp;Model</source>
            <translation>模型(&amp;M)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Recommendation model.</source>
            <translation>推荐模型。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>FCF</source>
            <translation>FCF</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>SeqFCF</source>
            <translation>SeqFCF</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>PFedRec</source>
            <translation>PFedRec</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>FedRAP</source>
            <translation>FedRAP</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>&amp;Epochs</source>
            <translation>训练轮数(&amp;E)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Communication rounds: local training, then one secure aggregation.</source>
            <translation>通信轮数：先本地训练，再进行一次安全聚合。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>rounds</source>
            <translation>轮</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>&amp;Batch size</source>
            <translation>批大小(&amp;B)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Samples per local gradient step and user (positives and negatives).</source>
            <translation>每个用户每次本地梯度更新的样本数（正样本和负样本）。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>&amp;Parties</source>
            <translation>参与方数(&amp;P)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Organisations (PYUs) among which the users are divided.</source>
            <translation>用户所分属的机构（PYU）数量。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/federation.py" />
            <source>parties</source>
            <translation>方</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>&amp;Name of the run</source>
            <translation>运行名称(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Name of the run; empty makes one from dataset, model and time.</source>
            <translation>运行的名称；留空则由数据集、模型和时间生成。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Aggregation</source>
            <translation>聚合方式</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>How item updates are summed.</source>
            <translation>商品更新的汇总方式。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Federation</source>
            <translation>联邦设置</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Masked (recovers from drop-outs)</source>
            <translation>掩码（可从掉线恢复）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Verified (masked, and checked by every party)</source>
            <translation>可验证（掩码，且各方都会核对）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Secure (SecretFlow masks)</source>
            <translation>安全（SecretFlow 掩码）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Secret shares (SecretFlow SPU)</source>
            <translation>秘密分享（隐语 SPU）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Homomorphic (SecretFlow HEU)</source>
            <translation>同态加密（隐语 HEU）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Robust (outvotes poisoned parties; unmasked)</source>
            <translation>稳健（抵御投毒参与方；不加掩码）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Plain (unprotected)</source>
            <translation>明文（无保护）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>SPU protocol</source>
            <translation>SPU 协议</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Computation on shares: SEMI2K by 2 parties or ABY3 by 3.</source>
            <translation>在分享上计算：2 方 SEMI2K 或 3 方 ABY3。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>SEMI2K, 2 parties</source>
            <translation>SEMI2K，2 方</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>ABY3, 3 parties</source>
            <translation>ABY3，3 方</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Robust rule</source>
            <translation>稳健规则</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Middle of the parties' changes in each coordinate.</source>
            <translation>各坐标上各参与方变化的中间值。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Median</source>
            <translation>中位数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Trimmed mean</source>
            <translation>截尾均值</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Trim fraction</source>
            <translation>截尾比例</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Share of the parties that the trimmed mean leaves out at each end.</source>
            <translation>截尾均值在两端各舍去的参与方比例。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Parties run</source>
            <translation>参与方的运行方式</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Where the parties run.</source>
            <translation>参与方在哪里运行。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>As processes (simulation)</source>
            <translation>各为一个进程（模拟）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>In one process (no isolation)</source>
            <translation>同一进程（不隔离）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>On a Ray cluster</source>
            <translation>在 Ray 集群上</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Address of the cluster</source>
            <translation>集群地址</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>HOST:PORT of a Ray cluster that runs already, as ray start --head said it.</source>
            <translation>已在运行的 Ray 集群的 主机:端口，即 ray start --head 显示的地址。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>10.0.0.5:6379</source>
            <translation>10.0.0.5:6379</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Server optimiser</source>
            <translation>服务器优化器</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>How the server turns the users' average into a step. secant, for FCF, reads the curvature off the sums that the server has and needs few rounds.</source>
            <translation>服务器如何把用户的平均值变成一步更新。secant（用于 FCF）从服务器已有的总和中读出曲率，只需很少的轮次。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>FedAvg</source>
            <translation>FedAvg</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>FedAdam</source>
            <translation>FedAdam</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>FedAdagrad</source>
            <translation>FedAdagrad</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>FedYogi</source>
            <translation>FedYogi</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Secant (knows the curvature)</source>
            <translation>Secant（利用曲率）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Server rate</source>
            <translation>服务器学习率</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Step size of the server; 1 with fedavg is plain averaging, with secant the whole step.</source>
            <translation>服务器的步长；取 1 时，fedavg 即为普通平均，secant 即为完整的一步。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Rate decay</source>
            <translation>学习率衰减</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Factor on the learning rates after each round.</source>
            <translation>每轮之后学习率所乘的系数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight of a user</source>
            <translation>用户权重</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight of a user in the average: the same for all, or its number of samples.</source>
            <translation>用户在平均中的权重：全部相同，或按其样本数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>The same for all</source>
            <translation>全部相同</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Its number of samples</source>
            <translation>按样本数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Users per round</source>
            <translation>每轮用户数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Users drawn for each round: up to 1 their share, above 1 their number.</source>
            <translation>每轮抽取的用户：不超过 1 为比例，大于 1 为人数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>all</source>
            <translation>全部</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Drawing of users</source>
            <translation>用户抽取方式</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Draw the same number of users each round, or each user independently.</source>
            <translation>每轮抽取相同人数，或每个用户独立抽取。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Fixed number</source>
            <translation>固定人数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Each independently (Poisson)</source>
            <translation>各自独立（泊松）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Fewest users of a party</source>
            <translation>每方最少用户数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Where users are drawn, a party with fewer of them sits the round out: what it sent would be nearly one user's own update; 0: fewer than 5.</source>
            <translation>抽取用户时，被抽中用户少于此数的参与方不参加该轮：否则它发送的几乎就是单个用户的更新；0 表示少于 5 个。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Norm limit per user</source>
            <translation>每个用户的范数上限</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Guard against a broken or poisoned party: refuses an update that is longer (Euclidean norm) than this times the users in it; 0: no limit.</source>
            <translation>防范出错或投毒的参与方：若更新的长度（欧几里得范数）超过此值乘以其中的用户数，则拒绝；0 表示不限。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Wait for a party</source>
            <translation>等待一方的时间</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>How long a party may take in a round before the others go on without it until the run ends; 0: any time.</source>
            <translation>一轮中等待一个参与方的最长时间，超过后其余参与方不再等它，直到运行结束；0 表示一直等待。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/federation.py" />
            <source>seconds</source>
            <translation>秒</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>any time</source>
            <translation>不限</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Tries after a refused sum</source>
            <translation>总和被拒后的重试次数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>How often training tries a round again whose sum was refused as wrong, before it ends.</source>
            <translation>一轮的总和因错误被拒绝后，训练在结束之前重试的次数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Bits of a sent value</source>
            <translation>每个发送数值的位数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Bits that a party sends for each value of its update, 8 to 32: fewer are quicker to send and less exact.</source>
            <translation>参与方为更新中每个数值发送的位数，8 到 32：位数越少发送越快，精度越低。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>bits</source>
            <translation>位</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Share of items sent</source>
            <translation>每轮发送的商品比例</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Share of the items, drawn anew each round, that parties send and the server updates; 1: all.</source>
            <translation>每轮重新抽取的商品比例，各参与方只发送、服务器只更新这些商品；1 表示全部。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Differential privacy</source>
            <translation>差分隐私</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Differential privacy of each user: noise on the parties' sum, or on every user's update (local). Genres and titles of the items are taken for public.</source>
            <translation>对每个用户的差分隐私：在各方之和上加噪声，或在每个用户的更新上加噪声（本地）。商品的类型与标题被视为公开信息。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Of each user (noise on the sum)</source>
            <translation>用户级（在总和上加噪声）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Local (noise on each update)</source>
            <translation>本地（在每个更新上加噪声）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Privacy budget (epsilon)</source>
            <translation>隐私预算（ε）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Budget for differential privacy: training ends before epsilon would exceed it; 0: no limit.</source>
            <translation>差分隐私的预算：ε 将要超出之前结束训练；0 表示不限。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Delta of (epsilon, delta): must be below 1 / number of users.</source>
            <translation>(ε, δ) 中的 δ：必须小于 1 / 用户数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>With differential privacy: largest norm of a user's item update, C.</source>
            <translation>使用差分隐私时，一个用户的商品更新的最大范数 C。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Noise as a multiple of C; 0 finds the least with which all rounds stay within the privacy budget.</source>
            <translation>噪声为 C 的倍数；0 表示自动求出使所有轮次不超出隐私预算的最小噪声。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Colluding parties</source>
            <translation>合谋的参与方</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>How many parties may put their own noise together and take it off the sum: the others add so much more that epsilon holds against them too; 0: it holds for the server.</source>
            <translation>可能合谋并从总和中减去自己噪声的参与方数量：其余参与方会相应多加噪声，使 epsilon 对它们同样成立；0 表示仅对服务器成立。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Embedding length</source>
            <translation>嵌入维度</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Length of an item embedding.</source>
            <translation>商品嵌入的长度。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>numbers</source>
            <translation>维</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight of unobserved</source>
            <translation>未观测项的权重</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight of unobserved pairs, beside 1 for observed ones; 0: by how full the data are.</source>
            <translation>未观测用户-商品对的权重（已观测的为 1）；0 表示按数据的稠密程度确定。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Regularisation</source>
            <translation>正则化</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Regularisation, lambda in the papers.</source>
            <translation>正则化系数，论文中的 lambda。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Start of the items</source>
            <translation>商品表的初值</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>The item table before the first round: small random values, or, where they are known, genres and decades of the items. They are taken for public, so epsilon does not cover them; alone they rank worse than what is popular.</source>
            <translation>第一轮之前的商品表：小的随机值，或在已知时取商品的类型与年代。它们被视为公开信息，因此不在 epsilon 的保护之内；仅凭它们的排序不如按热门程度推荐。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Random</source>
            <translation>随机</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight of recent items</source>
            <translation>近期商品的权重</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Extra weight of a user's newest item in the user's own scores; 0: none.</source>
            <translation>用户最新商品在其个人得分中的额外权重；0 表示没有。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>off</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Half-life of that weight</source>
            <translation>该权重的半衰期</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>After how many newer items that extra weight is half.</source>
            <translation>再有多少件更新的商品后，该额外权重减半。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>items</source>
            <translation>项</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight of the order</source>
            <translation>顺序的权重</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>What usually follows the user's last items counts so much beside FCF's score; 0: FCF alone.</source>
            <translation>通常跟在用户最近商品之后的商品，其得分相对 FCF 得分的权重；0 表示只用 FCF。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Share of nearness</source>
            <translation>相近商品的占比</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>This share of the order's weight goes to items that are like the user's last ones, by FCF's own table.</source>
            <translation>顺序权重的这一部分给予与用户最近商品相似的商品，相似度由 FCF 自己的表得出。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Length, order</source>
            <translation>顺序向量长度</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Length of an item's vectors in the tables of what follows what.</source>
            <translation>先后关系表中每个商品向量的长度。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Server step, order</source>
            <translation>顺序部分的服务器步长</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>The server's step size in the tables of what follows what.</source>
            <translation>服务器在先后关系表上的步长。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Regularisation, order</source>
            <translation>顺序部分的正则化</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Regularisation of the tables of what follows what.</source>
            <translation>先后关系表的正则化系数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Dropout, order</source>
            <translation>顺序部分的丢弃率</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Share of a memory's values that is left out at random in training.</source>
            <translation>训练时随机丢弃的记忆分量所占的比例。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Places a round</source>
            <translation>每轮位置数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Places in a user's list drawn each round, to learn what stands there from what stands before.</source>
            <translation>每轮从用户列表中抽取的位置数，用来根据前面的商品学习该位置上的商品。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>places</source>
            <translation>个位置</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Groups of items</source>
            <translation>商品分组数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Items are dealt into so many groups each round, and a user tells what stands at a place from one group.</source>
            <translation>每轮把商品分成这么多组，用户只在其中一组里辨别某个位置上的商品。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>groups</source>
            <translation>组</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Negatives per positive</source>
            <translation>每个正样本的负样本数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Sampled negatives per positive, redrawn every round.</source>
            <translation>每个正样本抽取的负样本数，每轮重新抽取。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Step size of the scoring function.</source>
            <translation>评分函数的步长。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Local epochs</source>
            <translation>本地训练遍数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Passes of each client over its data per round.</source>
            <translation>每轮每个客户端遍历本地数据的次数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>passes</source>
            <translation>遍</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Item rate factor</source>
            <translation>商品学习率系数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Item step size = learning rate * number of items * this.</source>
            <translation>商品步长 = 学习率 × 商品数 × 该系数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Item rate</source>
            <translation>商品学习率</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Step size of item embeddings.</source>
            <translation>商品嵌入的步长。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>L2 penalty on all parameters of a user.</source>
            <translation>对用户全部参数的 L2 惩罚。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Distance weight</source>
            <translation>距离权重</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Reward for personal items unlike the common ones, lambda.</source>
            <translation>对个人商品不同于公共商品的奖励，lambda。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Sparsity weight</source>
            <translation>稀疏权重</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>L1 penalty on the common items, mu.</source>
            <translation>对公共商品的 L1 惩罚，mu。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Both weights over time</source>
            <translation>两个权重随轮次变化</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>The two weights over the rounds: constant, or rising as tanh.</source>
            <translation>两个权重随轮次的变化：恒定，或按 tanh 递增。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Constant</source>
            <translation>恒定</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Rising (tanh)</source>
            <translation>递增（tanh）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Users score with</source>
            <translation>用户打分所用商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Item embeddings users score with. auto: the model's own; for PFedRec fine-tuned under the published protocol (as in the paper), else global.</source>
            <translation>用户打分所用的商品嵌入。自动：模型自己的；PFedRec 在论文协议下用微调后的（与论文一致），否则用全局的。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Automatic item view</source>
            <translation>自动选择商品视图</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Global items</source>
            <translation>全局商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Their fine-tuned items</source>
            <translation>各自微调后的商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Their personal items</source>
            <translation>各自的个人商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Evaluation protocol</source>
            <translation>评估协议</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Evaluation protocol.</source>
            <translation>评估协议。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Leak-free (recommended)</source>
            <translation>无泄漏（推荐）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Published (as in papers)</source>
            <translation>论文协议（与论文一致）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Seed of split, initial values and sampling.</source>
            <translation>划分、初始值和抽样所用的随机种子。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Early stopping</source>
            <translation>提前停止</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Stop after this many rounds without better validation HR@10; 0 never.</source>
            <translation>验证 HR@10 连续这么多轮没有提高就停止；0 表示从不。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Threads per party</source>
            <translation>每方线程数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Threads per party; 0 divides the machine's cores among the parties.</source>
            <translation>每个参与方的线程数；0 表示把本机核心平均分给各方。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>threads</source>
            <translation>线程</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Write TensorBoard files</source>
            <translation>写入 TensorBoard 文件</translation>
        </message>
        <message>
            <location filename="../../fl/settings/train.py" />
            <source>Also write TensorBoard event files into the run folder.</source>
            <translation>同时在运行文件夹中写入 TensorBoard 事件文件。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Trained ru&amp;n</source>
            <translation>训练好的运行(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Name of the run.</source>
            <translation>运行的名称。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>&amp;K (cut-offs)</source>
            <translation>K（截断位置）(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Cut-offs K of HR@K and NDCG@K.</source>
            <translation>HR@K 和 NDCG@K 的截断位置 K。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>for example 5, 10, 20</source>
            <translation>例如 5, 10, 20</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Users scored at a time.</source>
            <translation>每次打分的用户数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Evaluation protocol; default: the run's own.</source>
            <translation>评估协议；默认与该运行相同。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>As the run was trained</source>
            <translation>与训练时相同</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>&amp;File of lists</source>
            <translation>列表文件(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Lists that another program made: a CSV or TSV file of user, item, and rank or score.</source>
            <translation>其他程序生成的列表：CSV 或 TSV 文件，含用户、商品，以及名次或分数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>user, item, rank or score</source>
            <translation>用户、商品、名次或分数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Which items are held out, and which rows count.</source>
            <translation>留出哪些商品，哪些行计入。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Seed of the candidates</source>
            <translation>候选商品的种子</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Seed of the sampled candidates.</source>
            <translation>抽取候选商品所用的种子。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>User column</source>
            <translation>用户列</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Column of the user: its name, or its number from 1.</source>
            <translation>用户所在的列：列名，或从 1 开始的列号。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>by its name</source>
            <translation>按列名识别</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Item column</source>
            <translation>商品列</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Column of the item, likewise.</source>
            <translation>商品所在的列，写法相同。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Rank or score column</source>
            <translation>名次或分数列</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Column that orders a list, likewise.</source>
            <translation>决定列表顺序的列，写法相同。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Lists are ordered by</source>
            <translation>列表的排序依据</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>What orders a list: a rank (smallest first), a score (largest first), or the rows as they stand.</source>
            <translation>列表按什么排序：名次（小者在前）、分数（大者在前），或按行的先后。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>By the column's name</source>
            <translation>由列名判断</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Rank, smallest first</source>
            <translation>名次，小者在前</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Score, largest first</source>
            <translation>分数，大者在前</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Rows as they stand</source>
            <translation>按行的先后</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Folder to write into: a new one, or an empty one.</source>
            <translation>写入的文件夹：新建的或空的。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Users attac&amp;ked</source>
            <translation>被攻击的用户(&amp;K)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Users whose own update is attacked.</source>
            <translation>其自身更新受到攻击的用户数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>users</source>
            <translation>个用户</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Rounds o&amp;f training</source>
            <translation>训练轮数(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Most rounds of each training on half of the users.</source>
            <translation>每次用一半用户训练的最多轮数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Epsi&amp;lon with noise</source>
            <translation>加噪声的 epsilon(&amp;L)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Privacy budget of the training with noise, to compare; 0 leaves it out.</source>
            <translation>加噪训练的隐私预算，用于对比；0 表示不做。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Two item tables</source>
            <translation>两份商品表</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Cheat as a server that gives one party the item table and the others zeros, to read its update as the sum.</source>
            <translation>扮演作弊的服务器：给一个参与方真实的商品表，给其他参与方全零的表，以便把总和当作它的更新来读。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>A server that cheats</source>
            <translation>作弊的服务器</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Two sums</source>
            <translation>两次总和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Cheat as a server that has the same updates summed again without one party, to take the sums apart.</source>
            <translation>扮演作弊的服务器：让同样的更新在缺少一个参与方时再求和一次，以便相减。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Forged lists</source>
            <translation>伪造名单</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Cheat as a server that tells parties different lists of who is in a sum, and makes up signatures.</source>
            <translation>扮演作弊的服务器：告诉各参与方不同的求和名单，并伪造签名。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Two counts</source>
            <translation>两次计数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Cheat as a server that has item counts summed again without one party, to take the sums apart.</source>
            <translation>扮演作弊的服务器：让商品计数在缺少一个参与方时再求和一次，以便相减。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>How it cheats</source>
            <translation>作弊方式</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>What the server does to the sum.</source>
            <translation>服务器对总和做了什么。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Changes one value</source>
            <translation>改动一个值</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Leaves out an upload</source>
            <translation>漏掉一个上传</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Counts an upload twice</source>
            <translation>把一个上传计两次</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Puts in an old upload</source>
            <translation>混入旧的上传</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Doubles the sum</source>
            <translation>把总和加倍</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Puts one upload in another's place</source>
            <translation>用一个上传顶替另一个</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Adds a user</source>
            <translation>多算一个用户</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Alters the loss</source>
            <translation>改动损失</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Exchanges items</source>
            <translation>调换商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Announces an old sum</source>
            <translation>公布旧的总和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>How the replayed round is summed, and who checks it.</source>
            <translation>重放的一轮如何求和，由谁核对。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Verified: every party checks the sum</source>
            <translation>可验证：各参与方核对总和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Masked: nobody checks</source>
            <translation>掩码：无人核对</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Plain: nobody checks</source>
            <translation>明文：无人核对</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>&amp;User</source>
            <translation>用户(&amp;U)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>User, by the id the data set uses.</source>
            <translation>用户在数据集中的编号。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Number o&amp;f items (K)</source>
            <translation>商品数量 K(&amp;F)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>How many items.</source>
            <translation>商品数量。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>R&amp;ecommend from</source>
            <translation>推荐范围(&amp;E)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Recommend from all items, or only from those the user has not rated.</source>
            <translation>从全部商品中推荐，或只从用户尚未评分的商品中推荐。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Items not rated yet</source>
            <translation>尚未评分的商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>All items</source>
            <translation>全部商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Genre</source>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Only items of this genre; without one, of all.</source>
            <translation>只推荐该类型的商品；不填则为全部。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Items scored at a time.</source>
            <translation>每次打分的商品数。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Items a new user picked, oldest first: ids, or titles (a part is enough if only one has it).</source>
            <translation>新用户选择的商品，最早的在前：编号或标题（只有一件商品符合时，写一部分即可）。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Basket</source>
            <translation>购物篮</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Ask what goes with these items, instead of what a person who likes them would like.</source>
            <translation>询问与这些商品搭配的商品，而不是喜欢它们的人会喜欢什么。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>File to write: .csv or .jsonl.</source>
            <translation>要写入的文件：.csv 或 .jsonl。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>How many items for each user.</source>
            <translation>每个用户的商品数量。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>File to write: .html or .pdf.</source>
            <translation>要写入的文件：.html 或 .pdf。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Language of the report.</source>
            <translation>报告的语言。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>English</source>
            <translation>英语</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>Simplified Chinese</source>
            <translation>简体中文</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Wait for a member that is gone</source>
            <translation>等待已离开的成员</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>How long the others wait for a member that is gone before they go on without it; it may come back.</source>
            <translation>成员离开后，其他成员等待多久才在没有它的情况下继续；它之后可以回来。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Federation's terms</source>
            <translation>联邦约定</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Wait for a connection</source>
            <translation>等待连接</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>How long members that are there may take to connect before the session is tried again.</source>
            <translation>已到场的成员可用多长时间建立连接；超过后重新尝试会话。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Wait for a message</source>
            <translation>等待消息</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>How long a member may say nothing in training before the session ends and is tried again.</source>
            <translation>训练中成员最长可以多久不发消息；超过后会话结束并重新尝试。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Restarts</source>
            <translation>重启次数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>How many sessions in a row may fail without a finished round before a member gives up.</source>
            <translation>连续多少次会话失败且没有完成任何一轮后，成员放弃。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Fewest parties</source>
            <translation>最少参与方数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>With how few parties a session may begin; 0: with as few as the aggregator needs.</source>
            <translation>会话开始所需的最少参与方数；0 表示聚合方式所允许的最少数目。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Allow sums without protection</source>
            <translation>允许不受保护的求和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/federation.py" />
            <source>Allow the plain aggregator, which shows each party's update to the server.</source>
            <translation>允许使用明文聚合（plain）：服务器会看到每个参与方的更新。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>&amp;Name of the sweep</source>
            <translation>扫描名称(&amp;N)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>Name of the sweep; its runs' names begin with it.</source>
            <translation>参数扫描的名称；其运行的名称以此开头。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>Settings to vary</source>
            <translation>要变化的设置</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>Settings to vary, each as SETTING=VALUE,VALUE; every combination is trained.</source>
            <translation>要变化的设置，写作 SETTING=VALUE,VALUE；每种组合都会训练。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>&amp;Seeds</source>
            <translation>随机种子数(&amp;S)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>With how many seeds each combination is trained.</source>
            <translation>每种组合用多少个随机种子训练。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>F&amp;irst seed</source>
            <translation>首个种子(&amp;I)</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>The first seed; the others count up from it.</source>
            <translation>第一个随机种子；其余依次加一。</translation>
        </message>
        <message>
            <location filename="../../models/fcf.py" />
            <source>Every user has a scoring vector of their own, solved exactly each round; only the sum of the users' item gradients is shared.</source>
            <translation>每个用户都有自己的评分向量，每轮精确求解；只共享用户商品梯度的总和。</translation>
        </message>
        <message>
            <location filename="../../models/fcf.py" />
            <source>Start with it where times are unknown, or with differential privacy: it needs few rounds and ranks well.</source>
            <translation>时间未知或使用差分隐私时，从它开始：轮数少，排序好。</translation>
        </message>
        <message>
            <location filename="../../models/fcf.py" />
            <source>squared error on the pairs of users and items that there are</source>
            <translation>已有的用户与商品组合上的平方误差</translation>
        </message>
        <message>
            <location filename="../../models/fcf.py" />
            <source>a scoring vector, solved in closed form</source>
            <translation>一个以闭式求解的评分向量</translation>
        </message>
        <message>
            <location filename="../../models/fcf.py" />
            <source>one sum of the item gradients of the party's users</source>
            <translation>该方用户的商品梯度之和</translation>
        </message>
        <message>
            <location filename="../../models/seqfcf.py" />
            <source>FCF, and beside it tables of what usually follows what: the order of a user's items counts, and still only sums of item gradients are shared.</source>
            <translation>在 FCF 之外再加上记录先后关系的商品表：用户商品的先后顺序起作用，而共享的仍只是商品梯度之和。</translation>
        </message>
        <message>
            <location filename="../../models/seqfcf.py" />
            <source>Start with it where times are known: the order in which users choose counts.</source>
            <translation>有时间记录时，从它开始：用户选择的先后也算数。</translation>
        </message>
        <message>
            <location filename="../../models/seqfcf.py" />
            <source>FCF's squared error, plus the cross-entropy of what comes next</source>
            <translation>FCF 的平方误差，加上下一个商品的交叉熵</translation>
        </message>
        <message>
            <location filename="../../models/seqfcf.py" />
            <source>a scoring vector, solved in closed form; the order of the items is read from the user's own list</source>
            <translation>一个以闭式求解的评分向量；商品的顺序取自用户自己的列表</translation>
        </message>
        <message>
            <location filename="../../models/seqfcf.py" />
            <source>one sum of the item gradients of the party's users, in FCF's table and in those of what follows what</source>
            <translation>该方用户的商品梯度之和，包括 FCF 的表和先后关系的表</translation>
        </message>
        <message>
            <location filename="../../models/pfedrec.py" />
            <source>Every user has a scoring function of their own; only item embeddings are shared and averaged.</source>
            <translation>个性化联邦推荐模型：每个用户都有自己的评分函数；只共享并平均商品嵌入。</translation>
        </message>
        <message>
            <location filename="../../models/pfedrec.py" />
            <source>Reproduces the paper of Zhang et al. (IJCAI 2023); to compare.</source>
            <translation>复现 Zhang 等人的论文（IJCAI 2023），用于比较。</translation>
        </message>
        <message>
            <location filename="../../models/pfedrec.py" />
            <location filename="../../models/fedrap.py" />
            <source>binary cross-entropy of the samples of the round</source>
            <translation>本轮样本的二元交叉熵</translation>
        </message>
        <message>
            <location filename="../../models/pfedrec.py" />
            <source>an affine scoring function, and the items as fine-tuned for this user</source>
            <translation>一个仿射评分函数，以及为该用户微调的商品</translation>
        </message>
        <message>
            <location filename="../../models/pfedrec.py" />
            <source>one sum of what the party's users change in the item table</source>
            <translation>该方用户对商品表的改动之和</translation>
        </message>
        <message>
            <location filename="../../models/fedrap.py" />
            <source>Every user adds personal items of their own to the common ones; only the common table is shared and averaged.</source>
            <translation>加性个性化联邦推荐模型：每个用户在公共商品之上加入自己的个人商品；只共享并平均公共商品表。</translation>
        </message>
        <message>
            <location filename="../../models/fedrap.py" />
            <source>Reproduces the paper of Li et al. (ICLR 2024); only to compare: it ranks worse and takes the most memory.</source>
            <translation>复现 Li 等人的论文（ICLR 2024），仅用于比较：排序较差，占用内存最多。</translation>
        </message>
        <message>
            <location filename="../../models/fedrap.py" />
            <source>an affine scoring function, and a personal item table that is added to the common one</source>
            <translation>一个仿射评分函数，以及加到公共商品表上的个人商品表</translation>
        </message>
        <message>
            <location filename="../../models/fedrap.py" />
            <source>one sum of what the party's users change in the common item table</source>
            <translation>该方用户对公共商品表的改动之和</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.empty</source>
            <extracomment>the catalogue has no item.</extracomment>
            <translation>目录里没有商品。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.fields</source>
            <extracomment>{found} fields where the header has {width}.</extracomment>
            <translation>有 {found} 个字段，而表头有 {width} 个。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.quote-commas</source>
            <extracomment>Put a title with a comma in double quotes.</extracomment>
            <translation>标题中有逗号时，请用双引号括起来。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.no-id</source>
            <extracomment>the item has no id.</extracomment>
            <translation>该商品没有编号。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.mapped</source>
            <extracomment>{known:,} of {items:,} items in the file are in the catalogue, with {kept:,} of {rows:,} rows and {users_kept:,} of {users:,} users; nobody in the file has the other {untouched:,} items of the catalogue.</extracomment>
            <translation>文件中 {items:,} 件商品里有 {known:,} 个在目录中，保留 {rows:,} 行中的 {kept:,} 行和 {users:,} 个用户中的 {users_kept:,} 个；目录中另外 {untouched:,} 件商品在文件里没有人用过。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.nothing-known</source>
            <extracomment>none of the {items:,} items of '{dataset}' is in the federation's catalogue: it has {ours}, the catalogue {theirs}.</extracomment>
            <translation>“{dataset}”的 {items:,} 件商品没有一件在联邦的目录中：它有 {ours}，目录有 {theirs}。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.use-its-ids</source>
            <extracomment>Use the catalogue's item ids in your file.</extracomment>
            <translation>请在您的文件中使用目录的商品编号。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.not-utf-8</source>
            <extracomment>the catalogue is not UTF-8 text (byte {place}).</extracomment>
            <translation>目录不是 UTF-8 文本（第 {place} 字节）。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.save-utf-8</source>
            <extracomment>Save it as CSV UTF-8.</extracomment>
            <translation>请另存为 CSV UTF-8。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.no-csv</source>
            <extracomment>this is no CSV row: {reason}.</extracomment>
            <translation>这不是 CSV 行：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.no-item-column</source>
            <extracomment>the catalogue has no column of the item; its columns are {names}.</extracomment>
            <translation>目录没有商品列；它的列为 {names}。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.call-item</source>
            <extracomment>The first line names the columns; call it item.</extracomment>
            <translation>第一行是列名；请把商品列命名为 item。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.odd-text</source>
            <extracomment>{text!r} is longer than {most} characters, or has control characters.</extracomment>
            <translation>{text!r} 超过 {most} 个字符，或含有控制字符。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.unknown</source>
            <extracomment>{unknown:,} items are not in the catalogue and their {dropped:,} rows were left out: {examples}.</extracomment>
            <translation>{unknown:,} 件商品不在目录中，它们的 {dropped:,} 行被略去：{examples}。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.renamed</source>
            <extracomment>{renamed:,} items have another title in the file than in the catalogue; if they are other items, the file numbers them in another way and must not be used so: {examples}.</extracomment>
            <translation>{renamed:,} 件商品在文件中的标题与目录中的不同；如果它们是别的商品，说明文件用了另一种编号，不能这样使用：{examples}。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.item-twice</source>
            <extracomment>item {item!r} stands more than once.</extracomment>
            <translation>商品 {item!r} 出现了不止一次。</translation>
        </message>
        <message>
            <location filename="../../data/catalogue.py" />
            <source>catalogue.one-row-each</source>
            <extracomment>Give each item one row.</extracomment>
            <translation>请让每件商品只占一行。</translation>
        </message>
        <message>
            <location filename="../../data/download.py" />
            <source>download.too-large</source>
            <extracomment>The server sends more than {most} MB, which is more than the file should have.</extracomment>
            <translation>服务器发送的数据超过 {most} MB，大于该文件应有的大小。</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>hint.choose-name</source>
            <extracomment>Choose another name.</extracomment>
            <translation>请另取一个名称。</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>file.fault</source>
            <extracomment>{path}: {reason}</extracomment>
            <translation>{path}：{reason}</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>file.cannot-read</source>
            <extracomment>{path} cannot be read: {reason}.</extracomment>
            <translation>无法读取 {path}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>file.cannot-write</source>
            <extracomment>Cannot write {path}: {reason}.</extracomment>
            <translation>无法写入 {path}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>file.fault-in-line-and-column</source>
            <extracomment>{path}, line {line}, column {column!r}: {reason}</extracomment>
            <translation>{path} 第 {line} 行，列 {column!r}：{reason}</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>file.fault-in-column</source>
            <extracomment>{path}, column {column!r}: {reason}</extracomment>
            <translation>{path}，列 {column!r}：{reason}</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>file.fault-in-line</source>
            <extracomment>{path}, line {line}: {reason}</extracomment>
            <translation>{path} 第 {line} 行：{reason}</translation>
        </message>
        <message>
            <location filename="../../data/errors.py" />
            <source>job.cancelled</source>
            <extracomment>Cancelled.</extracomment>
            <translation>已取消。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.answered</source>
            <extracomment>the server answered {status}</extracomment>
            <translation>服务器回答了 {status}</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.not-found-neither-nor</source>
            <extracomment>{missing} not found, neither in it nor in a folder {subfolder} below it.</extracomment>
            <translation>没有找到 {missing}：它里面没有，其下的文件夹 {subfolder} 里也没有。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.give-folder</source>
            <extracomment>Give {archive}, or a folder with {required_files}.</extracomment>
            <translation>请给出 {archive}，或包含 {required_files} 的文件夹。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.not-official-md5-checksum</source>
            <extracomment>{place} is not the official {archive}: its md5 checksum is {got}, the official one {md5}.</extracomment>
            <translation>{place} 不是官方的 {archive}：它的 md5 校验和是 {got}，官方的是 {md5}。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.damaged-version-nothing</source>
            <extracomment>It may be damaged or another version. Nothing was stored.</extracomment>
            <translation>它可能已损坏，或是另一个版本。没有保存任何内容。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.no-answer</source>
            <extracomment>the server did not answer in time</extracomment>
            <translation>服务器没有及时回答</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.certificate</source>
            <extracomment>the server's certificate was refused</extracomment>
            <translation>服务器的证书被拒绝</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.broke-off</source>
            <extracomment>the connection broke off</extracomment>
            <translation>连接中断</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.no-connection</source>
            <extracomment>there is no connection to the server</extracomment>
            <translation>无法连接服务器</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.your-import-file-again</source>
            <extracomment>{name} is your own data set: import its file again instead of fetching it.</extracomment>
            <translation>{name} 是您自己的数据集：请重新导入它的文件，而不是获取它。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.not-enough-disk-space</source>
            <extracomment>There is not enough disk space for {title}: about {size} are needed in {folder}.</extracomment>
            <translation>磁盘空间不足，放不下 {title}：{folder} 中约需 {size}。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.free-space-choose-place</source>
            <extracomment>Free some space, or choose another place with SECRETREC_HOME.</extracomment>
            <translation>请腾出一些空间，或用 SECRETREC_HOME 另选一个位置。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.not-downloaded</source>
            <extracomment>{title} could not be downloaded from {url}: {reason}.</extracomment>
            <translation>无法从 {url} 下载 {title}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.try-again-later-get</source>
            <extracomment>Try again later, or get {archive} another way and give it as a local file (--from).</extracomment>
            <translation>请稍后再试，或用其他方式取得 {archive}，再作为本地文件给出（--from）。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.no-file-folder</source>
            <extracomment>there is no such file or folder.</extracomment>
            <translation>没有这个文件或文件夹。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.built-takes-no-source</source>
            <extracomment>{title} ({name}) is built in: it takes no source.</extracomment>
            <translation>{title}（{name}）是内置的：它不需要来源。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.fetching-cancelled-nothing</source>
            <extracomment>Fetching {dataset} was cancelled; nothing was kept.</extracomment>
            <translation>已取消获取 {dataset}，没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.not-stored</source>
            <extracomment>{title} could not be stored in {folder}: {reason}{where}.</extracomment>
            <translation>无法把 {title} 保存到 {folder}：{reason}{where}。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.check-permissions-choose</source>
            <extracomment>Check the permissions, or choose another place with SECRETREC_HOME.</extracomment>
            <translation>请检查权限，或用 SECRETREC_HOME 另选一个位置。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.not-zip-file-read</source>
            <extracomment>{archive} is not a zip file that can be read: {reason}.</extracomment>
            <translation>{archive} 不是可以读取的 zip 文件：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.archive-not-contain</source>
            <extracomment>the archive does not contain {file}.</extracomment>
            <translation>压缩包中没有 {file}。</translation>
        </message>
        <message>
            <location filename="../../data/fetch.py" />
            <source>fetch.zip-too-large</source>
            <extracomment>{archive} would unpack to {size}, which is larger than the official files.</extracomment>
            <translation>{archive} 解压后为 {size}，大于官方文件。</translation>
        </message>
        <message>
            <location filename="../../data/install.py" />
            <source>install.under-way</source>
            <extracomment>Another fetch, import or removal of {name} is under way.</extracomment>
            <translation>另一次对 {name} 的获取、导入或移除正在进行。</translation>
        </message>
        <message>
            <location filename="../../data/install.py" />
            <source>install.wait-until-ended</source>
            <extracomment>Wait until it has ended.</extracomment>
            <translation>请等它结束。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.table-needed</source>
            <extracomment>Write the lists as a table with a header such as user,item,rank, separated by commas, semicolons or tabs.</extracomment>
            <translation>请把列表写成表格，表头如 user,item,rank，用逗号、分号或制表符分隔。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.no-order</source>
            <extracomment>no column is known to hold a rank or a score; the columns are {names}.</extracomment>
            <translation>没有一列可认作名次或分数；各列为 {names}。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.no-order-hint</source>
            <extracomment>Say which one it is and what it holds: --ranking COLUMN --order rank (smallest first) or --order score (largest first). Where the rows stand in order: --order rows.</extracomment>
            <translation>请说明是哪一列及其含义：--ranking COLUMN --order rank（小者在前）或 --order score（大者在前）。若行本身已有序：--order rows。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.parquet</source>
            <extracomment>this is a Parquet file; lists are read from CSV or TSV.</extracomment>
            <translation>这是 Parquet 文件；列表只能从 CSV 或 TSV 读取。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.rank-or-score</source>
            <extracomment>it is not known whether this column holds ranks or scores.</extracomment>
            <translation>无法判断这一列是名次还是分数。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.rank-or-score-hint</source>
            <extracomment>Say so: --order rank (smallest first) or --order score (largest first).</extracomment>
            <translation>请说明：--order rank（小者在前）或 --order score（大者在前）。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.no-number</source>
            <extracomment>{value} is not a number.</extracomment>
            <translation>{value} 不是数字。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.no-number-hint</source>
            <extracomment>Correct the row, or name another column: --ranking COLUMN.</extracomment>
            <translation>请更正该行，或指定另一列：--ranking COLUMN。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.no-known-user</source>
            <extracomment>none of its users is in data set '{dataset}'.</extracomment>
            <translation>其中没有一位用户在数据集“{dataset}”中。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.no-known-item</source>
            <extracomment>none of its items is in data set '{dataset}'.</extracomment>
            <translation>其中没有一件商品在数据集“{dataset}”中。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.repeated</source>
            <extracomment>Items that stand twice in a user's list (rows: {rows:,}); the better place counts. The first is in line {line}.</extracomment>
            <translation>同一用户列表中重复的商品（行数：{rows:,}）；取较靠前的位置。首例在第 {line} 行。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.train-items</source>
            <extracomment>Train items in the lists (rows: {rows:,}; users: {users:,}), the first in line {line}. They do not compete and were taken out; what is behind them moves up.</extracomment>
            <translation>列表中的训练商品（行数：{rows:,}；用户：{users:,}），首例在第 {line} 行。它们不参与排名，已被取出，其后的商品前移。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.ties</source>
            <extracomment>Lists with items of equal rank or score: {users:,}. Such an item counts as ahead of the held-out one.</extracomment>
            <translation>含有名次或分数相同商品的列表：{users:,} 个。这样的商品视为排在留出商品之前。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.unknown-users</source>
            <extracomment>Users that the data set does not have: {n:,} (rows: {rows:,}). They were left out. The first is {first} in line {line}. {meant}</extracomment>
            <translation>数据集中没有的用户：{n:,} 位（行数：{rows:,}），已略去。首例为第 {line} 行的 {first}。{meant}</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.unknown-items</source>
            <extracomment>Items that the data set does not have: {n:,} (rows: {rows:,}). Each keeps its place in its list. The first is {first} in line {line}. {meant}</extracomment>
            <translation>数据集中没有的商品：{n:,} 件（行数：{rows:,}），它们在列表中仍占位置。首例为第 {line} 行的 {first}。{meant}</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.row-length</source>
            <extracomment>this row has {n} fields, and {wanted} are needed: {row}.</extracomment>
            <translation>此行有 {n} 个字段，而需要 {wanted} 个：{row}。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>role.ranking</source>
            <extracomment>rank or score</extracomment>
            <translation>名次或分数</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.empty-id</source>
            <extracomment>the field is empty.</extracomment>
            <translation>此字段为空。</translation>
        </message>
        <message>
            <location filename="../../data/lists.py" />
            <source>lists.none-known-hint</source>
            <extracomment>The first is {first}. Lists have to use the ids of the data set; choose the right data set, or the right column.</extracomment>
            <translation>首例为 {first}。列表须使用数据集的编号；请选择正确的数据集或正确的列。</translation>
        </message>
        <message>
            <location filename="../../data/loading.py" />
            <source>loading.one-train-only-user</source>
            <extracomment>1 user has fewer than 3 interactions and is kept for training only.</extracomment>
            <translation>1 个用户的交互少于 3 个，只用于训练。</translation>
        </message>
        <message>
            <location filename="../../data/loading.py" />
            <source>loading.train-only-users</source>
            <extracomment>{users} users have fewer than 3 interactions and are kept for training only.</extracomment>
            <translation>{users} 个用户的交互少于 3 次，只用于训练。</translation>
        </message>
        <message>
            <location filename="../../data/loading.py" />
            <source>loading.one-duplicate-dropped</source>
            <extracomment>1 repeated (user, item) row was dropped, keeping the first.</extracomment>
            <translation>去掉了 1 行重复的（用户，商品），保留第一个。</translation>
        </message>
        <message>
            <location filename="../../data/loading.py" />
            <source>loading.duplicates-dropped</source>
            <extracomment>{rows} repeated (user, item) rows were dropped, keeping the first.</extracomment>
            <translation>去掉了 {rows} 个重复的（用户，商品）行，保留第一行。</translation>
        </message>
        <message>
            <location filename="../../data/missing.py" />
            <source>missing.did-you-mean</source>
            <extracomment>Did you mean {ids}?</extracomment>
            <translation>是否指 {ids}？</translation>
        </message>
        <message>
            <location filename="../../data/missing.py" />
            <source>missing.user-gone</source>
            <extracomment>The imported file has this user: {reason}.</extracomment>
            <translation>导入的文件中有此用户：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.names-and-more</source>
            <extracomment>{names} and {more} more</extracomment>
            <translation>{names} 以及另外 {more} 个</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.no-column</source>
            <extracomment>{path} has no column {asked!r} for the {role}.</extracomment>
            <translation>{path} 没有用作{role}的列 {asked!r}。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.columns</source>
            <extracomment>Its columns are {names}.</extracomment>
            <translation>它的列有 {names}。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.no-column-recognised</source>
            <extracomment>no column was recognised as the {role}; the columns are {names}.</extracomment>
            <translation>没有识别出{role}列；现有的列：{names}。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.say-column</source>
            <extracomment>Say which one it is: --{option} COLUMN.</extracomment>
            <translation>请指明是哪一列：--{option} COLUMN。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.titles-as-items</source>
            <extracomment>No column names the item, so its title, {column!r}, stands for it: two items of one title are one.</extracomment>
            <translation>没有商品编号列，因此以标题列 {column!r} 代替：标题相同的商品视为同一个。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.more-column-columns</source>
            <extracomment>{path} has more than one column called {asked!r} (columns {numbers}).</extracomment>
            <translation>{path} 有不止一列叫 {asked!r}（第 {numbers} 列）。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.give-number-right</source>
            <extracomment>Give the number of the right one.</extracomment>
            <translation>请给出正确那一列的编号。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.header-more-column</source>
            <extracomment>the header has more than one column called {twice!r}.</extracomment>
            <translation>表头中有不止一列名为 {twice!r}。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.say-number-number-counting</source>
            <extracomment>Say by number which one is the {role}: --{option} NUMBER (counting from 1).</extracomment>
            <translation>请用编号指明哪一列是{role}：--{option} NUMBER（从 1 数起）。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.column-found-no-column</source>
            <extracomment>only one column was found, {column!r}, so there is no {role} column.</extracomment>
            <translation>只找到一列 {column!r}，因此没有{role}列。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.two-of-one-name</source>
            <extracomment>More than one column is called {name!r}, so none was taken as the {role}. Say by number which one it is.</extracomment>
            <translation>有多列名为 {name!r}，因此没有选用任何一列作为{role}。请按编号说明是哪一列。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.other-column-fits</source>
            <extracomment>{column!r} was taken as the {role}; {others} could be it as well.</extracomment>
            <translation>已将 {column!r} 作为{role}；{others} 也有可能。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.unnamed-times</source>
            <extracomment>No column was taken as the times, so the order of the rows counts; {column!r} looks like dates ({example}). Choose it as the time if it is.</extracomment>
            <translation>没有列被当作时间，因此以行的顺序为准；{column!r} 看起来像日期（{example}）。如果它是时间，请选为时间。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.columns-separated</source>
            <extracomment>If the columns are separated by another character, name it: --delimiter CHARACTER.</extracomment>
            <translation>如果各列由其他字符分隔，请指明：--delimiter CHARACTER。</translation>
        </message>
        <message>
            <location filename="../../data/own/columns.py" />
            <source>import.column-cannot-both</source>
            <extracomment>Column {column!r} cannot be both {role} and {other}.</extracomment>
            <translation>列 {column!r} 不能既是{role}又是{other}。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.other-lines-before</source>
            <extracomment>If lines stand before the table, skip them: --skip-lines NUMBER.</extracomment>
            <translation>如果表格前面还有其他行，请跳过它们：--skip-lines 行数。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.correct-row-leave-rows</source>
            <extracomment>Correct the row, or leave such rows out: --bad-rows drop.</extracomment>
            <translation>请更正这一行，或略过这样的行：--bad-rows drop。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.double-quote-opens-field</source>
            <extracomment>a double quote opens a field here and no other closes it.</extracomment>
            <translation>这里有一个双引号开始了字段，却没有结束的引号。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.close-double-where-belongs</source>
            <extracomment>Close it, double it where it belongs to the text (""), or read the file without quoting (--no-quotes).</extracomment>
            <translation>请补上引号；若它属于文本，请写成两个（""）；或者不按引号读取文件（--no-quotes）。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.header-lacks-name</source>
            <extracomment>Every row has one field more than the header: name it there, or skip the header (--skip-lines {lines} --no-header) and say by number which column is what.</extracomment>
            <translation>每一行都比表头多一个字段：请在表头中补上名称，或跳过表头（--skip-lines {lines} --no-header）并按编号说明各列的含义。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.one-field</source>
            <extracomment>1 field</extracomment>
            <translation>1 个字段</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.fields</source>
            <extracomment>{n} fields</extracomment>
            <translation>{n} 个字段</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.where-expected</source>
            <extracomment>{fields} where {wanted} are expected: {row}.</extracomment>
            <translation>此处应有 {wanted} 个字段，实为 {fields}：{row}。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.row-cannot-read</source>
            <extracomment>the row cannot be read: {reason}.</extracomment>
            <translation>无法读取这一行：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.character-not-text</source>
            <extracomment>character {place} is not {encoding} text.</extracomment>
            <translation>第 {place} 个字符不是 {encoding} 文本。</translation>
        </message>
        <message>
            <location filename="../../data/own/diagnose.py" />
            <source>import.save-file-utf-8</source>
            <extracomment>Save the file as UTF-8, or name its encoding: --encoding NAME (such as gb18030, windows-1252).</extracomment>
            <translation>请把文件另存为 UTF-8，或指明它的编码：--encoding NAME（例如 gb18030、windows-1252）。</translation>
        </message>
        <message>
            <location filename="../../data/own/encoding.py" />
            <source>import.encoding-guessed</source>
            <extracomment>The text is not UTF-8 and was read as {encoding}, which is a guess: look at the titles and ids.</extracomment>
            <translation>文本不是 UTF-8，已按 {encoding} 读取，这是猜测：请查看标题和编号。</translation>
        </message>
        <message>
            <location filename="../../data/own/encoding.py" />
            <source>encoding.latin-1</source>
            <extracomment>ISO-8859-1 (Western European)</extracomment>
            <translation>ISO-8859-1（西欧）</translation>
        </message>
        <message>
            <location filename="../../data/own/encoding.py" />
            <source>encoding.gb18030</source>
            <extracomment>GB 18030 (Chinese)</extracomment>
            <translation>GB 18030（中文）</translation>
        </message>
        <message>
            <location filename="../../data/own/encoding.py" />
            <source>encoding.cp1252</source>
            <extracomment>Windows-1252 (Western European)</extracomment>
            <translation>Windows-1252（西欧）</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.no-user</source>
            <extracomment>no user</extracomment>
            <translation>没有用户</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.no-item</source>
            <extracomment>no item</extracomment>
            <translation>没有商品</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.void-user</source>
            <extracomment>a word for nothing as the user</extracomment>
            <translation>用户是表示“空”的词</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.void-item</source>
            <extracomment>a word for nothing as the item</extracomment>
            <translation>商品是表示“空”的词</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.no-time</source>
            <extracomment>no timestamp</extracomment>
            <translation>没有时间</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.no-rating</source>
            <extracomment>no rating, which the least rating needs</extracomment>
            <translation>没有最低评分所需的评分</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.low-rating</source>
            <extracomment>rating below the least rating</extracomment>
            <translation>评分低于最低评分</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.bad-row</source>
            <extracomment>wrong number of fields</extracomment>
            <translation>字段数目不对</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.past-last</source>
            <extracomment>value behind the last column</extracomment>
            <translation>最后一列之后还有值</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.bad-time</source>
            <extracomment>timestamp that is neither a number nor a date</extracomment>
            <translation>时间既不是数字也不是日期</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.bad-rating</source>
            <extracomment>rating that is not a number</extracomment>
            <translation>不是数字的评分</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.correct-it</source>
            <extracomment>Correct it, or leave such rows out: --bad-rows drop.</extracomment>
            <translation>请更正，或略过这样的行：--bad-rows drop。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.say-which-first</source>
            <extracomment>Say how dates are written: --time-format day-first, month-first or year-first; with none, the order of the rows stands for the order in time.</extracomment>
            <translation>请说明日期的写法：--time-format day-first、month-first 或 year-first；用 none 则以行的顺序作为时间顺序。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.correct-rating</source>
            <extracomment>Correct it, leave out the column of ratings (--rating -), or leave such rows out: --bad-rows drop.</extracomment>
            <translation>请更正，或不使用评分列（--rating -），或略去这样的行：--bad-rows drop。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.contrary-dates</source>
            <extracomment>{first} can only have the day first, and {second} (line or row {other}) only the month first.</extracomment>
            <translation>{first} 只能是日在前，而 {second}（第 {other} 行）只能是月在前。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.bad-value-in-row</source>
            <extracomment>row {row}: {fault}</extracomment>
            <translation>第 {row} 行：{fault}</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.say-decimal-comma</source>
            <extracomment>If a comma stands in front of the fraction of numbers, say so: --decimal comma.</extracomment>
            <translation>如果数字用逗号作小数点，请说明：--decimal comma。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.correct-time</source>
            <extracomment>Numbers since 1970, dates, and ISO text such as 2024-01-31T18:05:00 are understood. Correct it, read no times (--time-format none), or leave such rows out: --bad-rows drop.</extracomment>
            <translation>可识别自 1970 年起的数字、日期以及 2024-01-31T18:05:00 这样的 ISO 文本。请更正，或不读取时间（--time-format none），或略去这样的行：--bad-rows drop。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.drop-other-dates</source>
            <extracomment>With --bad-rows drop as well, the others are left out.</extracomment>
            <translation>若同时使用 --bad-rows drop，则略去其余的日期。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.doubtful-dates</source>
            <extracomment>dates such as {value} can be read with the day or with the month first, and no date in the file tells which.</extracomment>
            <translation>像 {value} 这样的日期既可理解为日在前，也可理解为月在前，文件中没有能说明的日期。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.bad-value</source>
            <extracomment>{value} is a {reason}.</extracomment>
            <translation>{value} 不可用：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.say-mixed-times</source>
            <extracomment>If times are written in several ways, have each read by itself, numbers by their size: --time-format mixed. Or leave such rows out: --bad-rows drop.</extracomment>
            <translation>如果时间有多种写法，可逐个识别，数字按其大小判断：--time-format mixed。或略去这样的行：--bad-rows drop。</translation>
        </message>
        <message>
            <location filename="../../data/own/faults.py" />
            <source>import.name-last-column</source>
            <extracomment>Name that column in the header, or leave such rows out: --bad-rows drop.</extracomment>
            <translation>请在表头中为该列命名，或略去这样的行：--bad-rows drop。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.in-first-rows</source>
            <extracomment>In the first {n} rows: {rows:,} with {reason}.</extracomment>
            <translation>前 {n} 行中有 {rows:,} 行：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.seen-in-first-rows</source>
            <extracomment>In the first {n} rows: {seen}</extracomment>
            <translation>前 {n} 行中：{seen}</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.no-row-because</source>
            <extracomment>no row is left of {rows:,}: {reasons}.</extracomment>
            <translation>{rows:,} 行中一行也没有留下：{reasons}。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.parquet-file-damaged-cut</source>
            <extracomment>the Parquet file is damaged or cut off: {reason}.</extracomment>
            <translation>Parquet 文件已损坏或不完整：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.get-again</source>
            <extracomment>Get it again.</extracomment>
            <translation>请重新获取。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.rows-with</source>
            <extracomment>{rows:,} with {reason}</extracomment>
            <translation>{rows:,} 行{reason}</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.read-no-times</source>
            <extracomment>Without times, the order of the rows stands for them: --time-format none.</extracomment>
            <translation>不读取时间时，以行的顺序代替：--time-format none。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.rows-nothing-compare</source>
            <extracomment>there is only one {role}, {only!r}, in all {rows:,} rows, so there is nothing to compare.</extracomment>
            <translation>全部 {rows:,} 行中只有一个{role} {only!r}，无从比较。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.column-not-name-column</source>
            <extracomment>Is this the {role} column? If not, name it: --{option} COLUMN.</extracomment>
            <translation>这是{role}列吗？如果不是，请指明：--{option} COLUMN。</translation>
        </message>
        <message>
            <location filename="../../data/own/importer.py" />
            <source>import.dates-undecided</source>
            <extracomment>The first {n} rows do not tell whether the day or the month comes first in dates. Unless a later one does, the import will stop and ask.</extracomment>
            <translation>前 {n} 行无法说明日期是日在前还是月在前。如果后面的行也不能说明，导入会停下来询问。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>role.user</source>
            <extracomment>user</extracomment>
            <translation>用户</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>role.item</source>
            <extracomment>item</extracomment>
            <translation>商品</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>role.rating</source>
            <extracomment>rating</extracomment>
            <translation>评分</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>role.timestamp</source>
            <extracomment>timestamp</extracomment>
            <translation>时间</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>role.title</source>
            <extracomment>title</extracomment>
            <translation>标题</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>role.genres</source>
            <extracomment>genres</extracomment>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.least-rating-number</source>
            <extracomment>The least rating must be a number, not {min_rating}.</extracomment>
            <translation>最低评分必须是数字，不能是 {min_rating}。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.least-rating-needs-rating</source>
            <extracomment>A least rating needs a rating column, which is left out.</extracomment>
            <translation>使用最低评分需要评分列，而它被略去了。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.k-k-core-filter</source>
            <extracomment>The k of the k-core filter must be 1 or more (1 keeps all).</extracomment>
            <translation>k-core 筛选的 k 必须至少为 1（1 保留全部）。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.user-item-column-cannot</source>
            <extracomment>The user and the item column cannot be left out.</extracomment>
            <translation>用户列和商品列不能略去。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.repeated-rows-kept-last</source>
            <extracomment>Repeated rows can be kept 'first', 'last' or 'keep', not {duplicates!r}.</extracomment>
            <translation>重复的行可以保留 'first'、'last' 或 'keep'，不能是 {duplicates!r}。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.bad-rows-refuse-drop</source>
            <extracomment>Bad rows can be 'refuse' or 'drop', not {bad_rows!r}.</extracomment>
            <translation>坏行可以 'refuse' 或 'drop'，不能是 {bad_rows!r}。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.skip-lines-0-more</source>
            <extracomment>The number of lines to skip must be 0 or more.</extracomment>
            <translation>要跳过的行数必须至少为 0。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.delimiter-character-tab</source>
            <extracomment>The delimiter must be one character, '::' or 'tab', not {delimiter!r}.</extracomment>
            <translation>分隔符必须是一个字符、'::' 或 'tab'，不能是 {delimiter!r}。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.quote-line-end-cannot</source>
            <extracomment>A quote or a line end cannot be the delimiter.</extracomment>
            <translation>引号或换行不能作为分隔符。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.option-one-of</source>
            <extracomment>{option} can be {allowed}, not {value!r}.</extracomment>
            <translation>{option} 可以是 {allowed}，不能是 {value!r}。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.no-text-encoding</source>
            <extracomment>There is no text encoding called {encoding!r}.</extracomment>
            <translation>没有叫 {encoding!r} 的文本编码。</translation>
        </message>
        <message>
            <location filename="../../data/own/options.py" />
            <source>import.examples-utf-8-utf</source>
            <extracomment>Examples: utf-8, utf-16, gb18030, big5, windows-1252.</extracomment>
            <translation>例如：utf-8、utf-16、gb18030、big5、windows-1252。</translation>
        </message>
        <message>
            <location filename="../../data/own/parquet_columns.py" />
            <source>import.ids-lost-digits</source>
            <extracomment>the {role} is a floating-point number, and {value:.0f} is so large that it has lost digits: different ids may have become one.</extracomment>
            <translation>{role}是浮点数，而 {value:.0f} 过大，已丢失末尾数字：不同的编号可能变成了同一个。</translation>
        </message>
        <message>
            <location filename="../../data/own/parquet_columns.py" />
            <source>import.store-ids-as-text</source>
            <extracomment>Write the ids as text or as integers where the file is made.</extracomment>
            <translation>请在生成文件时把编号写成文本或整数。</translation>
        </message>
        <message>
            <location filename="../../data/own/parquet_columns.py" />
            <source>import.column-of-lists</source>
            <extracomment>the column holds several values in each row ({kind}), where the {role} must be one.</extracomment>
            <translation>该列每行有多个值（{kind}），而{role}只能是一个。</translation>
        </message>
        <message>
            <location filename="../../data/own/parquet_columns.py" />
            <source>import.one-row-each</source>
            <extracomment>Write a row for each of them (explode, unnest), or choose another column.</extracomment>
            <translation>请为每个值各写一行（explode、unnest），或选择其他列。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.column</source>
            <extracomment>{role} = {column}</extracomment>
            <translation>{role} = {column}</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.read</source>
            <extracomment>{rows:,} rows read from {source}.</extracomment>
            <translation>从 {source} 读取了 {rows:,} 行。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.columns</source>
            <extracomment>Columns: {columns}.</extracomment>
            <translation>列：{columns}。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.dropped</source>
            <extracomment>Dropped {rows:,} rows: {reason}</extracomment>
            <translation>去掉 {rows:,} 行：{reason}</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.example</source>
            <extracomment>{dropped} (for example {example}).</extracomment>
            <translation>{dropped}（例如 {example}）。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.kept</source>
            <extracomment>Kept {rows:,} rows: {users:,} users, {items:,} items, density {density:.3g} %.</extracomment>
            <translation>保留 {rows:,} 行：{users:,} 个用户，{items:,} 个商品，密度 {density:.3g} %。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.per-user</source>
            <extracomment>Rows per user</extracomment>
            <translation>每个用户的行数</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.per-item</source>
            <extracomment>Users per item</extracomment>
            <translation>每个商品的用户数</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.quantiles</source>
            <extracomment>{what}: least {low:,.10g}, 25 % have at most {quarter:,.10g}, median {median:,.10g}, 75 % {three:,.10g}, 95 % {high:,.10g}, most {top:,.10g}.</extracomment>
            <translation>{what}：最少 {low:,.10g}，25 % 至多 {quarter:,.10g}，中位数 {median:,.10g}，75 % {three:,.10g}，95 % {high:,.10g}，最多 {top:,.10g}。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.time</source>
            <extracomment>Time: {first} to {last} (read as {unit}).</extracomment>
            <translation>时间：{first} 至 {last}（按 {unit} 读取）。</translation>
        </message>
        <message>
            <location filename="../../data/own/report.py" />
            <source>report.no-example</source>
            <extracomment>{dropped}.</extracomment>
            <translation>{dropped}。</translation>
        </message>
        <message>
            <location filename="../../data/own/scan.py" />
            <source>import.line</source>
            <extracomment>line {line}</extracomment>
            <translation>第 {line} 行</translation>
        </message>
        <message>
            <location filename="../../data/own/scan.py" />
            <source>import.row-number</source>
            <extracomment>row {row}</extracomment>
            <translation>第 {row} 行</translation>
        </message>
        <message>
            <location filename="../../data/own/scan.py" />
            <source>import.parquet-file-cannot-read</source>
            <extracomment>the Parquet file cannot be read: {reason}.</extracomment>
            <translation>无法读取该 Parquet 文件：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.repeated-last-kept</source>
            <extracomment>repeated (user, item), of which the last is kept</extracomment>
            <translation>重复的（用户，商品），保留最后一个</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.repeated-first-kept</source>
            <extracomment>repeated (user, item), of which the first is kept</extracomment>
            <translation>重复的（用户，商品），保留第一个</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.core-users</source>
            <extracomment>a user with fewer than {k} items</extracomment>
            <translation>商品少于 {k} 个的用户</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.core-items</source>
            <extracomment>an item with fewer than {k} users</extracomment>
            <translation>用户少于 {k} 个的商品</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.no-row-left-after</source>
            <extracomment>no row is left after the k-core filter ({k_users} items a user, {k_items} users an item).</extracomment>
            <translation>k-core 过滤（每个用户 {k_users} 个商品，每个商品 {k_items} 个用户）之后没有剩下任何行。</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.choose-smaller-numbers</source>
            <extracomment>Choose smaller numbers.</extracomment>
            <translation>请选择更小的数。</translation>
        </message>
        <message>
            <location filename="../../data/own/selection.py" />
            <source>import.core</source>
            <extracomment>k-core: {limits}</extracomment>
            <translation>k-core：{limits}</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.preamble-line</source>
            <extracomment>1 line in front of the table was skipped: {first}.</extracomment>
            <translation>跳过了表格前的 1 行：{first}。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.preamble</source>
            <extracomment>{n} lines in front of the table were skipped, the first of them: {first}.</extracomment>
            <translation>跳过了表格前的 {n} 行，其中第一行为：{first}。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.file-blank-lines</source>
            <extracomment>the file has only blank lines.</extracomment>
            <translation>文件只有空行。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.sep-line</source>
            <extracomment>Line 1 says that {sign} separates the columns; it was obeyed.</extracomment>
            <translation>第 1 行声明以 {sign} 分隔各列，已照此读取。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.quotes-kept</source>
            <extracomment>Some fields begin with a quoted part and go on after it, so double quotes were read as part of the text.</extracomment>
            <translation>有些字段以引号部分开头，其后还有内容，因此双引号按文本的一部分读取。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.nothing-behind-skipped</source>
            <extracomment>no line is left behind the {n} that are skipped.</extracomment>
            <translation>跳过 {n} 行后没有剩余的行。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.row-cannot-read-long</source>
            <extracomment>the first row cannot be read: it is too long for a table.</extracomment>
            <translation>无法读取第一行：它太长，不像表格。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.row</source>
            <extracomment>there is only one row, which is no data set.</extracomment>
            <translation>只有一行，不足以构成数据集。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.no-header</source>
            <extracomment>The file has no header: its columns are known by their position only.</extracomment>
            <translation>文件没有表头：各列只能按位置识别。</translation>
        </message>
        <message>
            <location filename="../../data/own/sniff.py" />
            <source>import.maybe-no-header</source>
            <extracomment>The first line, {line}, was taken for the names of the columns. Check that it is not a row.</extracomment>
            <translation>首行 {line} 被当作列名。请检查它是否其实是一行数据。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.table-needed</source>
            <extracomment>A CSV, TSV or Parquet file is needed.</extracomment>
            <translation>需要 CSV、TSV 或 Parquet 文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.export-table</source>
            <extracomment>Export the table as CSV or Parquet.</extracomment>
            <translation>请把该表导出为 CSV 或 Parquet。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.header-no-row-below</source>
            <extracomment>there is a header but no row below it.</extracomment>
            <translation>有表头，但下面没有数据行。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.cancelled</source>
            <extracomment>The import was cancelled; nothing was kept.</extracomment>
            <translation>已取消导入，没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.zip</source>
            <extracomment>a zip archive or an Excel or LibreOffice workbook</extracomment>
            <translation>zip 压缩包或 Excel、LibreOffice 工作簿</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.unpack-or-csv</source>
            <extracomment>Unpack it, or save the sheet as CSV (UTF-8).</extracomment>
            <translation>请解压，或将工作表另存为 CSV（UTF-8）。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.empty-zip</source>
            <extracomment>an empty zip archive</extracomment>
            <translation>空的 zip 压缩包</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.choose-table</source>
            <extracomment>Choose the table itself.</extracomment>
            <translation>请选择表格文件本身。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.excel</source>
            <extracomment>an old Excel workbook</extracomment>
            <translation>旧版 Excel 工作簿</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.save-as-csv</source>
            <extracomment>Save the sheet as CSV (UTF-8).</extracomment>
            <translation>请将工作表另存为 CSV（UTF-8）。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.xz</source>
            <extracomment>packed with xz</extracomment>
            <translation>用 xz 压缩的文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.unpack-xz</source>
            <extracomment>Unpack it first: xz -d FILE.</extracomment>
            <translation>请先解压：xz -d FILE。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.bzip2</source>
            <extracomment>packed with bzip2</extracomment>
            <translation>用 bzip2 压缩的文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.unpack-bzip2</source>
            <extracomment>Unpack it first: bzip2 -d FILE.</extracomment>
            <translation>请先解压：bzip2 -d FILE。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.zstd</source>
            <extracomment>packed with zstd</extracomment>
            <translation>用 zstd 压缩的文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.unpack-zstd</source>
            <extracomment>Unpack it first: zstd -d FILE.</extracomment>
            <translation>请先解压：zstd -d FILE。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.7-zip</source>
            <extracomment>a 7-Zip archive</extracomment>
            <translation>7-Zip 压缩包</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.unpack</source>
            <extracomment>Unpack it first.</extracomment>
            <translation>请先解压。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.pdf</source>
            <extracomment>a PDF</extracomment>
            <translation>PDF 文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.sqlite</source>
            <extracomment>an SQLite database</extracomment>
            <translation>SQLite 数据库</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.export-csv</source>
            <extracomment>Export the table as CSV.</extracomment>
            <translation>请把该表导出为 CSV。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.hdf5</source>
            <extracomment>an HDF5 file</extracomment>
            <translation>HDF5 文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.arrow</source>
            <extracomment>an Arrow or Feather file</extracomment>
            <translation>Arrow 或 Feather 文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.save-as-parquet</source>
            <extracomment>Save it as Parquet.</extracomment>
            <translation>请另存为 Parquet。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>kind.numpy</source>
            <extracomment>a NumPy file</extracomment>
            <translation>NumPy 文件</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.folder-csv-tsv-parquet</source>
            <extracomment>this is a folder; a CSV, TSV or Parquet file is needed.</extracomment>
            <translation>这是一个文件夹；需要 CSV、TSV 或 Parquet 文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.file-empty-0-bytes</source>
            <extracomment>the file is empty (0 bytes).</extracomment>
            <translation>文件是空的（0 字节）。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.not-text-file-zero</source>
            <extracomment>this is not a text file: it has zero bytes.</extracomment>
            <translation>这不是文本文件：其中含有零字节。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.packed-file-empty</source>
            <extracomment>the packed file is empty.</extracomment>
            <translation>压缩文件是空的。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.parquet-file-packed-gzip</source>
            <extracomment>this is a Parquet file packed with gzip.</extracomment>
            <translation>这是用 gzip 压缩的 Parquet 文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.unpack-gzip-d-file</source>
            <extracomment>Unpack it first: gzip -d FILE.</extracomment>
            <translation>请先解压：gzip -d FILE。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.not-table</source>
            <extracomment>this is not a table but {what}.</extracomment>
            <translation>这不是表格，而是{what}。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.no-file</source>
            <extracomment>there is no such file.</extracomment>
            <translation>没有这个文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.gzip-packing-damaged-cut</source>
            <extracomment>the gzip packing is damaged or cut off: {reason}.</extracomment>
            <translation>gzip 压缩包已损坏或不完整：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.get-file-again</source>
            <extracomment>Get the file again.</extracomment>
            <translation>请重新获取该文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.not-read-no-permission</source>
            <extracomment>{path} may not be read: no permission.</extracomment>
            <translation>没有读取 {path} 的权限。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.check-files-permissions</source>
            <extracomment>Check the file's permissions.</extracomment>
            <translation>请检查文件权限。</translation>
        </message>
        <message>
            <location filename="../../data/own/source.py" />
            <source>import.zero-byte-not-text</source>
            <extracomment>there is a zero byte: this is not a text file.</extracomment>
            <translation>这里有零字节：这不是文本文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.again</source>
            <extracomment>Import the file again.</extracomment>
            <translation>请重新导入该文件。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.no-imported-here</source>
            <extracomment>there is no imported data set here.</extracomment>
            <translation>这里没有导入的数据集。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.files-changed-not-belong</source>
            <extracomment>the files were changed or do not belong together.</extracomment>
            <translation>这些文件被改动过，或不属于同一个数据集。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.secretrecs-sets-imported</source>
            <extracomment>{name} is one of SecretRec's own data sets; only imported ones are removed.</extracomment>
            <translation>{name} 是 SecretRec 自带的数据集；只能移除导入的数据集。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.exists-not-imported</source>
            <extracomment>{where} exists and is not an imported data set.</extracomment>
            <translation>{where} 已存在，而且不是导入的数据集。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.imported-data-set-called</source>
            <extracomment>There is an imported data set called {name!r} already.</extracomment>
            <translation>已有名为 {name!r} 的导入数据集。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.choose-name-replace</source>
            <extracomment>Choose another name, or replace it: --replace.</extracomment>
            <translation>请另取一个名称，或替换它：--replace。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.column-missing-damaged</source>
            <extracomment>a column is missing or damaged: {reason}.</extracomment>
            <translation>有一列缺失或已损坏：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.file-missing-damaged</source>
            <extracomment>the file is missing or damaged: {reason}.</extracomment>
            <translation>文件缺失或已损坏：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.not-removed</source>
            <extracomment>{name} could not be removed from {folder}: {reason}.</extracomment>
            <translation>无法从 {folder} 移除 {name}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.not-stored</source>
            <extracomment>The data set {name} could not be stored in {folder}: {reason}.</extracomment>
            <translation>无法把数据集 {name} 保存到 {folder}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/own/store.py" />
            <source>import.free-space-check</source>
            <extracomment>Free some space, check the permissions, or choose another place with SECRETREC_HOME.</extracomment>
            <translation>请腾出一些空间、检查权限，或用 SECRETREC_HOME 另选一个位置。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.gone-cores</source>
            <extracomment>dropped by --k-core-users {users} --k-core-items {items}</extracomment>
            <translation>被 --k-core-users {users} --k-core-items {items} 去掉</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.every-user</source>
            <extracomment>Every user has</extracomment>
            <translation>每个用户都有</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-other</source>
            <extracomment>1 other is</extracomment>
            <translation>另有 1 个</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.everybodys-and-others</source>
            <extracomment>{who} the item {title!r} (and {others} nearly as common): it tells nothing about anybody's taste.</extracomment>
            <translation>{who}商品 {title!r}（{others}几乎同样常见）：它说明不了任何人的喜好。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.gone-rating</source>
            <extracomment>every rating is below --min-rating {least:g}</extracomment>
            <translation>所有评分都低于 --min-rating {least:g}</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.gone-rows</source>
            <extracomment>every row was left out: {reason}</extracomment>
            <translation>所有行都被略去：{reason}</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.gone-core</source>
            <extracomment>dropped by --k-core {k}</extracomment>
            <translation>被 --k-core {k} 去掉</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.low-ratings-count</source>
            <extracomment>Every row counts as a sign of interest: {rows} a rating below {middle:g} on a scale from {least:g} to {most:g}. A least rating leaves such rows out.</extracomment>
            <translation>每一行都算作感兴趣：{rows}的评分低于 {middle:g}（评分范围 {least:g} 至 {most:g}）。设定最低评分可略去这些行。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-repeat</source>
            <extracomment>1 row repeats an earlier (user, item) and was kept.</extracomment>
            <translation>1 行与先前的（用户，商品）重复，已保留。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.repeats</source>
            <extracomment>{rows:,} rows repeat an earlier (user, item) and was kept.</extracomment>
            <translation>{rows:,} 行与先前的（用户，商品）重复，已保留。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-trimmed</source>
            <extracomment>1 id had spaces around, which were taken off.</extracomment>
            <translation>1 个编号前后有空格，已去掉。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.trimmed</source>
            <extracomment>{ids:,} ids had spaces around, which were taken off.</extracomment>
            <translation>{ids:,} 个编号前后有空格，已去掉。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.most-users</source>
            <extracomment>{percent:.0f} % of the users have</extracomment>
            <translation>{percent:.0f} % 的用户有</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.everybodys</source>
            <extracomment>{who} the item {title!r}: it tells nothing about anybody's taste.</extracomment>
            <translation>{who}商品 {title!r}：它说明不了任何人的喜好。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-user-has</source>
            <extracomment>1 user has</extracomment>
            <translation>1 个用户有</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.users-have</source>
            <extracomment>{n:,} users have</extracomment>
            <translation>{n:,} 个用户有</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-row-has</source>
            <extracomment>1 row has</extracomment>
            <translation>有 1 行</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.rows-have</source>
            <extracomment>{n:,} rows have</extracomment>
            <translation>有 {n:,} 行</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.no-user-different-items</source>
            <extracomment>no user has {min_interactions} different items or more, so nothing can be held out for evaluation.</extracomment>
            <translation>没有用户拥有至少 {min_interactions} 个不同的商品，因此无法留出评估数据。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.user-column-right-filter</source>
            <extracomment>Is the user column right? Does a filter drop too much?</extracomment>
            <translation>用户列选对了吗？是否有过滤条件去掉了太多行？</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.doubt-1970</source>
            <extracomment>All times lie within a day of 1 January 1970, from {first} to {last}: read as {unit} they are probably not what they mean.</extracomment>
            <translation>所有时间都在 1970 年 1 月 1 日前后一天之内，从 {first} 到 {last}：按{unit}读取很可能不是其本意。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.decimal-comma</source>
            <extracomment>{ratings} written with a decimal comma, such as 4,5 for 4.5.</extracomment>
            <translation>{ratings}用逗号作小数点，例如以 4,5 表示 4.5。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.torn</source>
            <extracomment>{fields} with a quoted part and goes on after it, the first in line {line}; the quotes were lost. Read without quotes, they stay.</extracomment>
            <translation>{fields}以引号部分开头，其后还有内容，首处在第 {line} 行；引号已丢失。不按引号读取则可保留。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.doubt-void</source>
            <extracomment>{rows} a word for nothing as the {role} ({example}), which was kept as an id.</extracomment>
            <translation>{rows}的{role}是表示“空”的词（{example}），已作为编号保留。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.doubt-cut</source>
            <extracomment>{rows} a shortened number as the {role} ({example}): a spreadsheet has cut its digits, and different ids may have become one.</extracomment>
            <translation>{rows}的{role}是被缩写的数字（{example}）：电子表格截去了末尾数字，不同的编号可能变成了同一个。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.doubt-cut-time</source>
            <extracomment>{rows} a time written with an exponent, as a spreadsheet shortens it: its digits are lost, and with them the order.</extracomment>
            <translation>{rows}的时间以指数形式书写，这是电子表格的缩写：末尾数字已丢失，顺序也随之丢失。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.doubt-far</source>
            <extracomment>{rows} a time far from all others ({example}).</extracomment>
            <translation>{rows}的时间与其他时间相距甚远（{example}）。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.doubt-unrated</source>
            <extracomment>{rows} a rating that says nothing ({example}); such rows count as a sign of interest all the same.</extracomment>
            <translation>{rows}的评分没有内容（{example}），但这些行仍算作感兴趣。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.by-position</source>
            <extracomment>The file has no header, so columns were taken by position: {columns}. Check that this is right.</extracomment>
            <translation>文件没有表头，各列按位置选取：{columns}。请检查是否正确。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.no-timestamps</source>
            <extracomment>There are no timestamps: the order of the rows in the file stands for the order in time.</extracomment>
            <translation>没有时间：以文件中行的顺序作为时间顺序。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.known-tests</source>
            <extracomment>{users} a last item that is among the earlier rows as well. Under the published protocol such a test item is known from training, and figures mean nothing; under the leak-free one it counts once.</extracomment>
            <translation>{users}这样的情况：最后的商品在之前的行中也出现过。按论文协议，这样的测试商品在训练中已知，指标没有意义；按无泄漏协议只算一次。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.few-items</source>
            <extracomment>{users} fewer than {least} different items: used for training, never evaluated.</extracomment>
            <translation>{users}的不同商品少于 {least} 个：只用于训练，不参与评估。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.every-item</source>
            <extracomment>{users} every item, so there is nothing left to recommend to them.</extracomment>
            <translation>{users}所有商品，没有可再推荐给他们的。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.few-items-in-all</source>
            <extracomment>There are only {items} items, so the usual ranking among 99 others is among fewer: figures are not comparable with published ones.</extracomment>
            <translation>只有 {items} 个商品，通常在另外 99 个之中的排名只能在更少的商品中进行：数值与已发表的不可比。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-user-only</source>
            <extracomment>{once:,} of {items:,} items have one user only; a k-core filter would drop them.</extracomment>
            <translation>{items:,} 个商品中有 {once:,} 个只有一个用户；k-core 筛选会去掉它们。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.same-timestamps</source>
            <extracomment>All timestamps are the same: the order of the rows in the file stands for the order in time.</extracomment>
            <translation>所有时间都相同：以文件中行的顺序作为时间顺序。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.others</source>
            <extracomment>{n:,} others are</extracomment>
            <translation>另有 {n:,} 个</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.ties</source>
            <extracomment>{users} equal times in the last two rows: their test item hangs on the order of the rows in the file.</extracomment>
            <translation>{users}这样的情况：最后两行的时间相同，其测试商品取决于文件中行的顺序。</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-rating-is</source>
            <extracomment>1 rating is</extracomment>
            <translation>有 1 个评分</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.ratings-are</source>
            <extracomment>{n:,} ratings are</extracomment>
            <translation>有 {n:,} 个评分</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.one-field-begins</source>
            <extracomment>1 field begins</extracomment>
            <translation>有 1 个字段</translation>
        </message>
        <message>
            <location filename="../../data/own/summary.py" />
            <source>import.fields-begin</source>
            <extracomment>{n:,} times a field begins</extracomment>
            <translation>有 {n:,} 个字段</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.iso</source>
            <extracomment>ISO text</extracomment>
            <translation>ISO 文本</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.days</source>
            <extracomment>days as YYYYMMDD</extracomment>
            <translation>YYYYMMDD 形式的日期</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.day-first</source>
            <extracomment>dates with the day first</extracomment>
            <translation>日在前的日期</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.month-first</source>
            <extracomment>dates with the month first</extracomment>
            <translation>月在前的日期</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.mixed</source>
            <extracomment>each value by itself</extracomment>
            <translation>逐个识别</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>import.time-other-kind</source>
            <extracomment>time written otherwise than the others</extracomment>
            <translation>时间的写法与其他不同</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>import.time-no-such-date</source>
            <extracomment>date that does not exist when read like the others</extracomment>
            <translation>按其他日期的读法，该日期不存在</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>import.time-no-calendar</source>
            <extracomment>time outside the years 1 to 9999 when read like the others</extracomment>
            <translation>按其他时间的读法，超出公元 1 至 9999 年</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.seconds</source>
            <extracomment>seconds</extracomment>
            <translation>秒</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.milliseconds</source>
            <extracomment>milliseconds</extracomment>
            <translation>毫秒</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.microseconds</source>
            <extracomment>microseconds</extracomment>
            <translation>微秒</translation>
        </message>
        <message>
            <location filename="../../data/own/times.py" />
            <source>unit.nanoseconds</source>
            <extracomment>nanoseconds</extracomment>
            <translation>纳秒</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.parties</source>
            <extracomment>{n} parties ({names})</extracomment>
            <translation>{n} 个参与方（{names}）</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.one-party</source>
            <extracomment>party {name}</extracomment>
            <translation>参与方 {name}</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.parties-asked-users</source>
            <extracomment>{n_parties} parties were asked for, but the data set has only {n_users} users.</extracomment>
            <translation>要求 {n_parties} 个参与方，但数据集只有 {n_users} 个用户。</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.choose-most-parties</source>
            <extracomment>Choose at most {n_users} parties.</extracomment>
            <translation>最多选择 {n_users} 个参与方。</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.assignment-covers-users</source>
            <extracomment>The assignment covers {n_assignment} users, the data set has {n_users}.</extracomment>
            <translation>分配表包含 {n_assignment} 个用户，而数据集有 {n_users} 个。</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.assignment-points-outside</source>
            <extracomment>The assignment points outside the {n_parties} parties.</extracomment>
            <translation>分配表指向了 {n_parties} 个参与方之外。</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.least-party-needed</source>
            <extracomment>At least one party is needed.</extracomment>
            <translation>至少需要一个参与方。</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.party-names-differ-stands</source>
            <extracomment>Party names must differ: {twice} stands more than once.</extracomment>
            <translation>参与方的名称必须各不相同：{twice} 出现了不止一次。</translation>
        </message>
        <message>
            <location filename="../../data/partition.py" />
            <source>partition.no-user-assigned</source>
            <extracomment>No user is assigned to {empty}.</extracomment>
            <translation>没有用户分给{empty}。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.counts</source>
            <extracomment>{users:,} users, {items:,} items and {rows:,} rows</extracomment>
            <translation>{users:,} 个用户、{items:,} 个商品和 {rows:,} 行</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.not-machine</source>
            <extracomment>{title} ({name}) is not on this machine yet.</extracomment>
            <translation>{title}（{name}）还不在本机上。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.fetch-python-themain-py</source>
            <extracomment>Fetch it first: python TheMain.py datasets fetch {name}</extracomment>
            <translation>请先获取：python TheMain.py datasets fetch {name}</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.found-expected-file-cut</source>
            <extracomment>{found} were found, but {expected} are expected: the file is cut off or is not the official one.</extracomment>
            <translation>找到 {found}，而应有 {expected}：文件被截断，或不是官方文件。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.fetch-again</source>
            <extracomment>Fetch the data set again.</extracomment>
            <translation>请重新获取该数据集。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.item-listed-twice</source>
            <extracomment>item {item} is listed twice.</extracomment>
            <translation>商品 {item} 列出了两次。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.no-user-rows-more</source>
            <extracomment>no user has {least} rows or more.</extracomment>
            <translation>没有用户有 {least} 行或更多。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.item-not-listed</source>
            <extracomment>item {number} is not listed in {file}.</extracomment>
            <translation>{file} 中没有商品 {number}。</translation>
        </message>
        <message>
            <location filename="../../data/readers.py" />
            <source>readers.fields-where-expected</source>
            <extracomment>{n_fields} fields where {wanted} are expected.</extracomment>
            <translation>有 {n_fields} 个字段，应有 {wanted} 个。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.known-sets</source>
            <extracomment>Known data sets: {known}.</extracomment>
            <translation>已知的数据集：{known}。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.no-data-set-called</source>
            <extracomment>There is no data set called {name!r}.</extracomment>
            <translation>没有叫 {name!r} 的数据集。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.cannot-name</source>
            <extracomment>{name!r} cannot be the name of a data set.</extracomment>
            <translation>{name!r} 不能用作数据集名称。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.use-up-64-letters</source>
            <extracomment>Use up to 64 letters (A-Z, a-z), digits, '.', '_' and '-', a letter or digit first.</extracomment>
            <translation>最多 64 个字母（A-Z、a-z）、数字、“.”、“_”和“-”，以字母或数字开头。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.name-secretrec-knows</source>
            <extracomment>{name!r} is the name of a data set SecretRec knows.</extracomment>
            <translation>{name!r} 是 SecretRec 自带数据集的名称。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.damaged</source>
            <extracomment>files of the imported data set are missing or damaged.</extracomment>
            <translation>导入的数据集有文件缺失或损坏。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>registry.import-again-or-remove</source>
            <extracomment>Import the file again under that name and replace it (--replace), or remove the data set.</extracomment>
            <translation>请用同一名称重新导入文件并替换（--replace），或移除该数据集。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>loading.not-fetched</source>
            <extracomment>Data set '{name}' has not been fetched yet.</extracomment>
            <translation>数据集“{name}”还没有下载。</translation>
        </message>
        <message>
            <location filename="../../data/registry.py" />
            <source>loading.run-themain-py-datasets</source>
            <extracomment>Run: TheMain.py datasets fetch {name} (add --from PATH to take it from a local zip or folder).</extracomment>
            <translation>请运行：TheMain.py datasets fetch {name}（加上 --from PATH 可从本地 zip 或文件夹获取）。</translation>
        </message>
        <message>
            <location filename="../../data/split.py" />
            <source>split.no-interactions</source>
            <extracomment>The data set {dataset} has no interactions.</extracomment>
            <translation>数据集 {dataset} 没有交互。</translation>
        </message>
        <message>
            <location filename="../../data/split.py" />
            <source>split.items-most-supported</source>
            <extracomment>There are {n_items:,} items; at most {most:,} are supported.</extracomment>
            <translation>有 {n_items:,} 个商品；最多支持 {most:,} 个。</translation>
        </message>
        <message>
            <location filename="../../data/synthetic.py" />
            <source>synthetic.users-items-clusters</source>
            <extracomment>{n_users} users, {n_items} items and {n_clusters} clusters cannot be generated.</extracomment>
            <translation>无法生成 {n_users} 个用户、{n_items} 个商品和 {n_clusters} 个群组。</translation>
        </message>
        <message>
            <location filename="../../data/synthetic.py" />
            <source>synthetic.interactions-not-fit-users</source>
            <extracomment>{n_interactions} interactions do not fit {n_users} users with {min_per_user} to {top} items each.</extracomment>
            <translation>{n_interactions} 次交互与 {n_users} 个各有 {min_per_user} 至 {top} 个商品的用户不相容。</translation>
        </message>
        <message>
            <location filename="../../data/synthetic.py" />
            <source>synthetic.most-items-numbered</source>
            <extracomment>At most {most:,} items can be numbered.</extracomment>
            <translation>最多只能编号 {most:,} 个商品。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.cannot-read</source>
            <extracomment>the table cannot be read: {reason}.</extracomment>
            <translation>无法读取该表：{reason}。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.empty-field</source>
            <extracomment>is empty</extracomment>
            <translation>是空的</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.no-number</source>
            <extracomment>is {shown!r}, which is not a number</extracomment>
            <translation>是 {shown!r}，不是数字</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.below</source>
            <extracomment>is {value}, below {limit:g}</extracomment>
            <translation>是 {value}，低于 {limit:g}</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.above</source>
            <extracomment>is {value}, above {limit:g}</extracomment>
            <translation>是 {value}，高于 {limit:g}</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.file-empty</source>
            <extracomment>the file is empty.</extracomment>
            <translation>文件是空的。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.last-line-no-line</source>
            <extracomment>the last line has no line end, so the file seems to be cut off.</extracomment>
            <translation>最后一行没有换行，文件似乎被截断了。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.fetch-again</source>
            <extracomment>Fetch it again.</extracomment>
            <translation>请重新获取。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.rows-differ</source>
            <extracomment>the rows have different numbers of fields</extracomment>
            <translation>各行的字段数不同</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.fields-where-needed</source>
            <extracomment>{n_fields} fields where {n_columns} are needed; {name} is missing.</extracomment>
            <translation>有 {n_fields} 个字段，需要 {n_columns} 个；缺少 {name}。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.fields-where-expected</source>
            <extracomment>{n_fields} fields where {n_columns} are expected.</extracomment>
            <translation>有 {n_fields} 个字段，应有 {n_columns} 个。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.no-whole-number</source>
            <extracomment>is {shown!r}, which is not a whole number</extracomment>
            <translation>是 {shown!r}，不是整数</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.file-missing</source>
            <extracomment>the file is missing.</extracomment>
            <translation>文件不存在。</translation>
        </message>
        <message>
            <location filename="../../data/tables.py" />
            <source>tables.column-fault</source>
            <extracomment>{column} {problem}.</extracomment>
            <translation>{column} {problem}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/__init__.py" />
            <source>aggregation.no-aggregator</source>
            <extracomment>There is no aggregator '{name}'.</extracomment>
            <translation>没有聚合器 '{name}'。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/__init__.py" />
            <source>aggregation.known</source>
            <extracomment>Known are: {aggregators}.</extracomment>
            <translation>已知的有：{aggregators}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/base.py" />
            <source>aggregation.needs-everybody</source>
            <extracomment>This aggregator cannot finish a sum without all parties.</extracomment>
            <translation>缺少任何一个参与方时，该聚合方式无法完成求和。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/base.py" />
            <source>aggregation.aggregator-gives-sums</source>
            <extracomment>This aggregator gives sums: weight the messages before, and sum the weights as well.</extracomment>
            <translation>该聚合器只给出总和：请事先给消息加权，并把权重也求和。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/base.py" />
            <source>aggregation.aggregator-sums-no-values</source>
            <extracomment>This aggregator sums no values of {bits} bits.</extracomment>
            <translation>该聚合器不能对 {bits} 位的数值求和。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/base.py" />
            <source>aggregation.choose-masked-verified</source>
            <extracomment>Choose masked, verified or plain, or 32 bits.</extracomment>
            <translation>请选择 masked、verified 或 plain，或选择 32 位。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/compression.py" />
            <source>update.ranges</source>
            <extracomment>the server's ranges are not {k} positive numbers.</extracomment>
            <translation>服务器给出的范围不是 {k} 个正数。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/encoding.py" />
            <source>aggregation.decrypted-sum-number</source>
            <extracomment>The decrypted sum has a number that no sum of packed messages has.</extracomment>
            <translation>解密后的总和中有一个数，是打包消息之和不可能出现的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/encoding.py" />
            <source>aggregation.decrypted-sum-numbers</source>
            <extracomment>The decrypted sum has {n_numbers} numbers, not as many as the message.</extracomment>
            <translation>解密后的总和有 {n_numbers} 个数，与消息的数目不同。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/encoding.py" />
            <source>aggregation.upload-shapes-upload-1</source>
            <extracomment>upload {place} has shapes {shapes}, upload 1 has {shapes_2}</extracomment>
            <translation>第 {place} 份上传的形状是 {shapes}，第 1 份是 {shapes_2}</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/fixed_point.py" />
            <source>aggregation.aggregator-made</source>
            <extracomment>The aggregator was made for {parties}, not for {workers}.</extracomment>
            <translation>该聚合器是为 {parties} 建立的，而不是为 {workers}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/fixed_point.py" />
            <source>aggregation.aggregator-not-bound</source>
            <extracomment>The aggregator was not bound to workers.</extracomment>
            <translation>该聚合器还没有绑定参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masked.py" />
            <source>aggregation.sum-takes-message-party</source>
            <extracomment>A sum takes one message from each party.</extracomment>
            <translation>求和需要每个参与方各一条消息。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/adverts.py" />
            <source>masking.keys-came-twice</source>
            <extracomment>Keys of {sender} came twice.</extracomment>
            <translation>{sender} 的密钥来了两次。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/adverts.py" />
            <source>masking.parties-sent-keys-fewer</source>
            <extracomment>{n_seen} parties sent keys, fewer than the threshold of {threshold}.</extracomment>
            <translation>{n_seen} 个参与方发送了密钥，少于门限 {threshold}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/adverts.py" />
            <source>masking.keys-came-not-roster</source>
            <extracomment>Keys came from {name}, who is not on the roster.</extracomment>
            <translation>收到 {name} 的密钥，而它不在名册上。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/adverts.py" />
            <source>masking.keys-not-signed</source>
            <extracomment>The keys of {name} are not signed by it.</extracomment>
            <translation>{name} 的密钥不是由它签名的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/adverts.py" />
            <source>masking.keys-batch-not-replay</source>
            <extracomment>The keys of {name} are of batch {batch}, not {batch_2}: a replay.</extracomment>
            <translation>{name} 的密钥属于批次 {batch}，而不是 {batch_2}：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/adverts.py" />
            <source>masking.did-not-send-key</source>
            <extracomment>{name} did not send one key and commitment per message.</extracomment>
            <translation>{name} 没有为每条消息各发送一个密钥和承诺。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.unmasking-asked-message</source>
            <extracomment>Unmasking was asked for message {number}, which is not open: a replay.</extracomment>
            <translation>要求为第 {number} 条消息去掉掩码，而它并未打开：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.named-survivors-after</source>
            <extracomment>The server named survivors {survivors} after {survivors_2}, or other uploads of them: answering both could expose a party.</extracomment>
            <translation>服务器先后给出了存活方 {survivors_2} 与 {survivors}，或他们的不同上传：两者都应答可能暴露某个参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.survivors-not-parties</source>
            <extracomment>The survivors {survivors} are not parties of this batch.</extracomment>
            <translation>幸存者 {survivors} 不是该批次的参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.counts-dropped-though-sent</source>
            <extracomment>The server counts {name} as dropped out, though it sent its part.</extracomment>
            <translation>服务器把 {name} 算作掉线，尽管它已发送自己的部分。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.shows-another-upload</source>
            <extracomment>The server shows another upload of {name} than it sent.</extracomment>
            <translation>服务器出示的 {name} 的上传与其发送的不同。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.parties-left-fewer</source>
            <extracomment>{n_survivors} parties are left, fewer than the threshold {threshold}.</extracomment>
            <translation>剩下 {n_survivors} 个参与方，少于门限 {threshold}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.list-signed-by-few</source>
            <extracomment>{n_signed} parties signed the list of survivors, fewer than the threshold {threshold}.</extracomment>
            <translation>{n_signed} 个参与方签署了存活方名单，少于门限 {threshold}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/agreeing.py" />
            <source>masking.signed-another-list</source>
            <extracomment>{name} did not sign the list of survivors that {shown} was shown: the server tells different parties different things.</extracomment>
            <translation>{name} 没有签署 {shown} 所看到的存活方名单：服务器对不同参与方说法不一。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/cheating.py" />
            <source>masking.needs-earlier-round-choose</source>
            <extracomment>To {kind}, the server needs an earlier round: choose a later one.</extracomment>
            <translation>要做到 {kind}，服务器需要更早的一轮：请选择后面的轮次。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.other-uploads</source>
            <extracomment>its uploads are not those whose digests the parties signed.</extracomment>
            <translation>其上传与各参与方所签摘要不符。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.missing-keys</source>
            <extracomment>the keys of who dropped out are not there.</extracomment>
            <translation>缺少掉线方的密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.another-batch</source>
            <extracomment>The server announced a sum of another batch: a replay.</extracomment>
            <translation>服务器公布了另一批次的总和：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.before-unmasking</source>
            <extracomment>The server announced a sum of message {number} before unmasking it.</extracomment>
            <translation>服务器在去除掩码之前就公布了消息 {number} 的总和。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.cannot-show</source>
            <extracomment>The server cannot show what it summed: {problem}</extracomment>
            <translation>服务器无法出示它所求和的内容：{problem}</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.other-shapes</source>
            <extracomment>The server announced a sum with arrays of other shapes than the parties'.</extracomment>
            <translation>服务器公布的总和的数组形状与各参与方的不同。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.another-sum</source>
            <extracomment>The server's sum is not the sum of what the {n_parties} parties sent: {differing} of {n_values} values differ.</extracomment>
            <translation>服务器的总和不是 {n_parties} 个参与方所发送内容的总和：{n_values} 个值中有 {differing} 个不同。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.unsigned-upload</source>
            <extracomment>the upload of {name} is not signed by it.</extracomment>
            <translation>{name} 的上传没有其签名。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.other-mask</source>
            <extracomment>the mask of {name} is not the one it committed to.</extracomment>
            <translation>{name} 的掩码不是其承诺的那个。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.other-key</source>
            <extracomment>the key of {name}, who dropped out, is not its own.</extracomment>
            <translation>已掉线的 {name} 的密钥不是它自己的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.old-sum</source>
            <extracomment>The server announced an old sum. {reason}</extracomment>
            <translation>服务器公布了旧的总和。{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/checking.py" />
            <source>checking.no-sum</source>
            <extracomment>The server announced no sum. {reason}</extracomment>
            <translation>服务器没有公布总和。{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.roster-not-key</source>
            <extracomment>The roster does not have {name} with its own key.</extracomment>
            <translation>名册中没有带着自己密钥的 {name}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.batch-asked-after-batch</source>
            <extracomment>Batch {batch} was asked for after batch {number}: a replay.</extracomment>
            <translation>在批次 {number} 之后又要求批次 {batch}：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.keys-batch-given-replay</source>
            <extracomment>The keys of this batch were given already: a replay.</extracomment>
            <translation>该批次的密钥已经给出过：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.keys-shown-not-exchanged</source>
            <extracomment>The keys shown for {name} are not its own: the server exchanged them.</extracomment>
            <translation>出示的 {name} 的密钥不是它自己的：服务器调换了密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.shares-batch-received</source>
            <extracomment>The shares of this batch were received already: a replay.</extracomment>
            <translation>该批次的份额已经收到过：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.shares-missing</source>
            <extracomment>Shares are missing from {missing}.</extracomment>
            <translation>缺少 {missing} 的份额。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.message-asked-after</source>
            <extracomment>Message {number} was asked for after message {last} of {messages}: a replay, or no keys are left.</extracomment>
            <translation>在第 {last} 条消息（共 {messages} 条）之后又要求第 {number} 条：这是重放，或密钥已用完。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.arrays-given</source>
            <extracomment>{n_arrays} arrays were given with {n_specs} specifications.</extracomment>
            <translation>给出了 {n_arrays} 个数组，却有 {n_specs} 个规格。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.survivors-not-named</source>
            <extracomment>Shares were asked for message {number}, whose survivors were not named.</extracomment>
            <translation>服务器索要消息 {number} 的份额，但尚未给出其存活方。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.message-not-open-batch</source>
            <extracomment>Message {number} is not open in this batch: a replay.</extracomment>
            <translation>该批次中第 {number} 条消息并未打开：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.made-no-keys</source>
            <extracomment>{name} has made no keys yet.</extracomment>
            <translation>{name} 还没有生成密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.not-seen-parties-keys</source>
            <extracomment>{name} has not seen the other parties' keys yet.</extracomment>
            <translation>{name} 还没有看到其他参与方的密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.not-received-parties</source>
            <extracomment>{name} has not received the other parties' shares yet.</extracomment>
            <translation>{name} 还没有收到其他参与方的份额。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.shares-not-expected-here</source>
            <extracomment>Shares from {sender} for {recipient} are not expected here.</extracomment>
            <translation>这里不应收到 {sender} 发给 {recipient} 的份额。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.shares-batch-keys</source>
            <extracomment>Shares from {sender} are of another batch or of other keys.</extracomment>
            <translation>{sender} 的份额属于另一个批次或其他密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/client.py" />
            <source>masking.sum-never-shown</source>
            <extracomment>{name} helped to unmask message {number}, but was never shown its sum to check it.</extracomment>
            <translation>{name} 协助去除了消息 {number} 的掩码，却从未看到其总和以供核对。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/errors.py" />
            <source>masking.nothing-sent</source>
            <extracomment>Nothing was sent.</extracomment>
            <translation>没有发送任何内容。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/keys.py" />
            <source>masking.advertised-key-cannot</source>
            <extracomment>{other} advertised a key that one cannot agree with.</extracomment>
            <translation>{other} 公布的密钥无法用来协商。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/keys.py" />
            <source>masking.roster-needs-least-2</source>
            <extracomment>A roster needs at least 2 parties, with different names and one key each.</extracomment>
            <translation>名册至少需要 2 个参与方，名称各不相同，各有一个密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/keys.py" />
            <source>masking.public-key-bytes</source>
            <extracomment>A public key has {key_bytes} bytes.</extracomment>
            <translation>公钥有 {key_bytes} 个字节。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/keys.py" />
            <source>masking.threshold-above-half</source>
            <extracomment>The threshold must be above half of {n} parties, and at least 2.</extracomment>
            <translation>门限必须超过 {n} 个参与方的一半，且至少为 2。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ledger.py" />
            <source>masking.same-message-two-sums</source>
            <extracomment>The same message was summed over {before} before, and the server now names {now}: the difference of the two sums would show a party's own message.</extracomment>
            <translation>同一消息先前已在 {before} 之间求和，服务器现在给出 {now}：两个总和之差会暴露某个参与方自己的消息。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ledger.py" />
            <source>ledger.no-record</source>
            <extracomment>{path}, line {line}: not a record of a summed message.</extracomment>
            <translation>{path} 第 {line} 行：不是已求和消息的记录。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/packing.py" />
            <source>masking.bytes-no-values-bits</source>
            <extracomment>{n_data} bytes are no {size} values of {bits} bits.</extracomment>
            <translation>{n_data} 个字节不是 {size} 个 {bits} 位的数值。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/rebuilding.py" />
            <source>masking.no-shares-give-many</source>
            <extracomment>No {threshold} of {n_shares} shares give {what}: too many are wrong. The round is given up.</extracomment>
            <translation>{n_shares} 个份额中没有 {threshold} 个能得出{what}：错误的份额太多。放弃这一轮。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.array-shape-expected</source>
            <extracomment>The array has shape {shape}, expected {shape_2}.</extracomment>
            <translation>数组的形状是 {shape}，应为 {shape_2}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.array-dtype-expected-real</source>
            <extracomment>The array has dtype {dtype}, expected real numbers.</extracomment>
            <translation>数组的类型是 {dtype}，应为实数。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.values-not-finite</source>
            <extracomment>{bad} of {size} values are not finite.</extracomment>
            <translation>{size} 个数值中有 {bad} 个不是有限数。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.value-beyond-limit</source>
            <extracomment>A value of {largest:.6g} is beyond the limit of {limit:.6g}.</extracomment>
            <translation>数值 {largest:.6g} 超出了限度 {limit:.6g}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.sum-expected</source>
            <extracomment>The sum is {dtype} {shape}, expected {dtype_2} {shape_2}.</extracomment>
            <translation>总和是 {dtype} {shape}，应为 {dtype_2} {shape_2}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.sum-value-beyond-parties</source>
            <extracomment>The sum has a value beyond what {summed} parties can send: masks did not cancel.</extracomment>
            <translation>总和中有一个数值超出了 {summed} 个参与方所能发送的范围：掩码没有抵消。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.block-needs-positive-limit</source>
            <extracomment>A block needs a positive limit and parties, not {limit} and {parties}.</extracomment>
            <translation>数据块需要为正的限度和参与方数，而不是 {limit} 和 {parties}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.value-8-32-bits</source>
            <extracomment>A value has 8 to 32 bits, or 64, not {bits}.</extracomment>
            <translation>一个数值有 8 至 32 位，或 64 位，而不是 {bits} 位。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/ring.py" />
            <source>masking.norm-beyond-limit</source>
            <extracomment>The norm of {norm:.6g} is beyond the limit of {norm_limit:.6g}.</extracomment>
            <translation>范数 {norm:.6g} 超出了限度 {norm_limit:.6g}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/sealing.py" />
            <source>masking.sent-shares-number</source>
            <extracomment>{sender} sent shares for another number of messages.</extracomment>
            <translation>{sender} 发送的份额对应另一个消息数目。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/sealing.py" />
            <source>masking.shares-changed</source>
            <extracomment>Shares from {sender} were changed on their way.</extracomment>
            <translation>{sender} 的份额在途中被改动。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.batch-asked-after-batch-2</source>
            <extracomment>Batch {batch} was asked for after batch {batch_2}.</extracomment>
            <translation>在批次 {batch_2} 之后又要求批次 {batch}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.keys-came-late-batch</source>
            <extracomment>The keys of {sender} came late: the batch has begun without them.</extracomment>
            <translation>{sender} 的密钥来迟了：该批次已在没有它的情况下开始。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.parties-sent-keys-fewer-2</source>
            <extracomment>{n_adverts} parties sent keys, fewer than the threshold of {threshold}.</extracomment>
            <translation>{n_adverts} 个参与方发送了密钥，少于门限 {threshold}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.shares-not-expected-came</source>
            <extracomment>Shares of {sender} are not expected, or came twice.</extracomment>
            <translation>{sender} 的份额不应出现，或来了两次。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.did-not-send-shares</source>
            <extracomment>{sender} did not send shares for each other party of this batch.</extracomment>
            <translation>{sender} 没有为该批次的每个其他参与方发送份额。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.message-cannot-opened</source>
            <extracomment>Message {number} cannot be opened after message {last}.</extracomment>
            <translation>在第 {last} 条消息之后不能打开第 {number} 条。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.agreement-of-nobody</source>
            <extracomment>An agreement came from {name}, who is not a survivor.</extracomment>
            <translation>收到了 {name} 的签名，但它不是存活方。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.agreement-of-another-list</source>
            <extracomment>{name} signed another list of survivors than it was shown.</extracomment>
            <translation>{name} 签署的存活方名单与其所见不同。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.few-agreements</source>
            <extracomment>{n_signed} parties signed the list of survivors, fewer than the threshold of {threshold}. The round is given up.</extracomment>
            <translation>{n_signed} 个参与方签署了存活方名单，少于门限 {threshold}。本轮已放弃。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.shares-not-expected</source>
            <extracomment>Shares from {name} are not expected.</extracomment>
            <translation>不应收到 {name} 的份额。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.shares-message-replay</source>
            <extracomment>Shares from {name} are of another message: a replay.</extracomment>
            <translation>{name} 的份额属于另一条消息：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.shares-came-twice</source>
            <extracomment>Shares from {name} came twice.</extracomment>
            <translation>{name} 的份额来了两次。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.sent-shares-parties-asked</source>
            <extracomment>{name} sent shares for other parties than it was asked for.</extracomment>
            <translation>{name} 发送的份额不是所要求的那些参与方的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.shares-not-signed</source>
            <extracomment>The shares of {name} are not signed by it.</extracomment>
            <translation>{name} 的份额不是由它签名的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.no-message-open-came</source>
            <extracomment>No message is open: it came late, or the round was given up.</extracomment>
            <translation>没有打开的消息：它来迟了，或这一轮已被放弃。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.uploads-still-open</source>
            <extracomment>Uploads are still open.</extracomment>
            <translation>上传仍在进行。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.parties-helped-unmask</source>
            <extracomment>{n_shares} parties helped to unmask, fewer than the threshold of {threshold}. The round is given up.</extracomment>
            <translation>{n_shares} 个参与方帮助去掉掩码，少于门限 {threshold}。放弃这一轮。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/server.py" />
            <source>masking.uploads-came-fewer</source>
            <extracomment>{n_survivors} uploads came, fewer than the threshold of {threshold}; missing: {missing}. The round is given up.</extracomment>
            <translation>收到 {n_survivors} 份上传，少于门限 {threshold}；缺少：{missing}。放弃这一轮。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.upload-came-not-roster</source>
            <extracomment>An upload came from {name}, who is not on the roster.</extracomment>
            <translation>收到 {name} 的上传，而它不在名册上。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.takes-no-part-batch</source>
            <extracomment>{name} takes no part in this batch: it sent no keys.</extracomment>
            <translation>{name} 不参加该批次：它没有发送密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.upload-message-batch-round</source>
            <extracomment>The upload of {name} is message {number} of another batch or round, not message {number_2} of this one: a replay.</extracomment>
            <translation>{name} 的上传是另一批次或另一轮的第 {number} 条消息，而不是这一轮的第 {number_2} 条：这是重放。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.upload-came-late-unmasking</source>
            <extracomment>The upload of {name} came late: unmasking has begun without it.</extracomment>
            <translation>{name} 的上传来迟了：去掉掩码已在没有它的情况下开始。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.second-upload-came-message</source>
            <extracomment>A second upload of {name} came for message {number}.</extracomment>
            <translation>{name} 对第 {number} 条消息又上传了一次。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.upload-arrays-expected</source>
            <extracomment>The upload of {name} has arrays {found}, expected {headers}.</extracomment>
            <translation>{name} 的上传有数组 {found}，应为 {headers}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.upload-not-signed</source>
            <extracomment>The upload of {name} is not signed by it.</extracomment>
            <translation>{name} 的上传不是由它签名的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/masking/uploads.py" />
            <source>masking.told-other-things</source>
            <extracomment>{name} was told other things than {other}: the masks of the two would not cancel.</extracomment>
            <translation>{name} 与 {other} 被告知的内容不同：两者的掩码无法抵消。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/open_sums.py" />
            <source>aggregation.upload-values-not-finite</source>
            <extracomment>The upload of {name} has {bad} values that are not finite.</extracomment>
            <translation>{name} 的上传中有 {bad} 个数值不是有限数。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/party_side.py" />
            <source>aggregation.no-identity</source>
            <extracomment>{name} has no identity yet.</extracomment>
            <translation>{name} 还没有身份。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/party_side.py" />
            <source>aggregation.not-its-message</source>
            <extracomment>{name} was given a message that it did not make.</extracomment>
            <translation>交给 {name} 的消息不是它自己生成的。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/party_side.py" />
            <source>aggregation.party-takes-no-part</source>
            <extracomment>This party takes no part in masked aggregation yet.</extracomment>
            <translation>该参与方还没有参加掩码聚合。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/server_side.py" />
            <source>aggregation.no-message-summed</source>
            <extracomment>There is no message to be summed.</extracomment>
            <translation>没有要求和的消息。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/server_side.py" />
            <source>aggregation.no-unmasked-sum</source>
            <extracomment>There is no unmasked sum.</extracomment>
            <translation>没有去掉掩码的总和。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/server_side.py" />
            <source>aggregation.serves-no-masked</source>
            <extracomment>The server serves no masked aggregation yet.</extracomment>
            <translation>服务器还没有提供掩码聚合。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/server_side.py" />
            <source>aggregation.sent-kind-message-parties</source>
            <extracomment>{sender} sent another kind of message than the other parties.</extracomment>
            <translation>{sender} 发送的消息与其他参与方的种类不同。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/spu.py" />
            <source>aggregation.computes-among-parties</source>
            <extracomment>{protocol} computes among {nodes} parties.</extracomment>
            <translation>{protocol} 在 {nodes} 个参与方之间计算。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/validation.py" />
            <source>update.norm</source>
            <extracomment>the update has a norm of {norm:.3g}, beyond the limit of {allowed:.3g} for {weight:g} users or samples.</extracomment>
            <translation>更新的范数为 {norm:.3g}，对 {weight:g} 个用户或样本超出了限度 {allowed:.3g}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/validation.py" />
            <source>update.shapes</source>
            <extracomment>the update has shapes {found}, expected {wanted}.</extracomment>
            <translation>更新的形状是 {found}，应为 {wanted}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/validation.py" />
            <source>update.dtype</source>
            <extracomment>the update has dtype {found}, expected {wanted}.</extracomment>
            <translation>更新的类型是 {found}，应为 {wanted}。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/validation.py" />
            <source>update.bad-values</source>
            <extracomment>the update has {bad} values that are not finite: training diverged; lower the learning rate.</extracomment>
            <translation>更新中有 {bad} 个数值不是有限数：训练发散了；请降低学习率。</translation>
        </message>
        <message>
            <location filename="../../fl/aggregation/validation.py" />
            <source>update.beyond-range</source>
            <extracomment>the update has a value of {largest:.3g}, beyond the aggregator's range of {limit:.3g}: training diverged; lower the learning rate.</extracomment>
            <translation>更新中有数值 {largest:.3g}，超出了聚合器的范围 {limit:.3g}：训练发散了；请降低学习率。</translation>
        </message>
        <message>
            <location filename="../../fl/audit/cheating_server.py" />
            <source>attack.few-left</source>
            <extracomment>there are fewer parties than the threshold.</extracomment>
            <translation>参与方少于门限。</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>readers.everybody</source>
            <extracomment>every party and the server</extracomment>
            <translation>各参与方和服务器</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.update</source>
            <extracomment>item update and totals</extracomment>
            <translation>商品更新与合计</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.figures</source>
            <extracomment>sums of validation figures</extracomment>
            <translation>验证指标的总和</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.table</source>
            <extracomment>item embeddings</extracomment>
            <translation>商品嵌入</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.ranges</source>
            <extracomment>ranges of the values</extracomment>
            <translation>数值的范围</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.counts</source>
            <extracomment>item counts</extracomment>
            <translation>商品计数</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.keys</source>
            <extracomment>keys and sealed shares</extracomment>
            <translation>密钥与密封分享</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.signed-shares</source>
            <extracomment>signature and shares for unmasking</extracomment>
            <translation>用于去除掩码的签名与份额</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.check</source>
            <extracomment>check of the sum</extracomment>
            <translation>总和的核对</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>readers.keys</source>
            <extracomment>keys: everybody; each share: one party</extracomment>
            <translation>密钥：所有人；每份分享：一个参与方</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>message.all-uploads</source>
            <extracomment>{parties} uploads and their sum</extracomment>
            <translation>{parties} 份上传及其总和</translation>
        </message>
        <message>
            <location filename="../../fl/audit/message_records.py" />
            <source>readers.parties</source>
            <extracomment>every party</extracomment>
            <translation>各参与方</translation>
        </message>
        <message>
            <location filename="../../fl/cli/comparison.py" />
            <source>cli.runs-are-trained</source>
            <extracomment>--runs compares runs as they are: drop --{option}.</extracomment>
            <translation>--runs 按现状比较运行：请去掉 --{option}。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/datasets.py" />
            <source>cli.say-themain-py-datasets</source>
            <extracomment>Say which {what} to {action}: TheMain.py datasets {action} {value}.</extracomment>
            <translation>请指明要 {action} 哪个{what}：TheMain.py datasets {action} {value}。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/datasets.py" />
            <source>cli.nothing-downloaded-without</source>
            <extracomment>Nothing is downloaded without being asked for.</extracomment>
            <translation>未经要求不会下载任何内容。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/datasets.py" />
            <source>cli.add-yes-accept-licence</source>
            <extracomment>Add --yes to accept the licence above.</extracomment>
            <translation>加上 --yes 表示接受上面的许可。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/datasets.py" />
            <source>cli.say-name-name</source>
            <extracomment>Say what the data set is to be called: --name NAME.</extracomment>
            <translation>请给出数据集的名称：--name NAME。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/datasets.py" />
            <source>cli.dataset-needed</source>
            <extracomment>Runs were trained on it: {runs}.</extracomment>
            <translation>有运行用它训练：{runs}。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/datasets.py" />
            <source>cli.add-yes-remove</source>
            <extracomment>Add --yes to remove it all the same; it can be imported again.</extracomment>
            <translation>加上 --yes 仍可移除；之后可以重新导入。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/evaluation.py" />
            <source>cli.run-or-lists</source>
            <extracomment>Name what to evaluate: a run (--run NAME), or lists (--lists FILE).</extracomment>
            <translation>请指定要评估的对象：一个运行（--run NAME），或列表（--lists FILE）。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/evaluation.py" />
            <source>cli.option-of-the-other</source>
            <extracomment>--{option} does not go with --{what}.</extracomment>
            <translation>--{option} 不能与 --{what} 一起使用。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/federation.py" />
            <source>cli.no-catalogue</source>
            <extracomment>There is no file {source}, and no data set of that name.</extracomment>
            <translation>没有文件 {source}，也没有同名的数据集。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/federation.py" />
            <source>cli.codes</source>
            <extracomment>Nobody is admitted before the codes above are compared with the members'.</extracomment>
            <translation>未与成员核对上述代码之前，不会接纳任何人。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/federation.py" />
            <source>cli.codes-hint</source>
            <extracomment>Ask each member for its code by telephone, then add --yes.</extracomment>
            <translation>请打电话向每个成员询问其代码，然后加上 --yes。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/federation.py" />
            <source>cli.one-address</source>
            <extracomment>--address is for one member: name it.</extracomment>
            <translation>--address 只用于一个成员：请指明是哪一个。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/federation.py" />
            <source>cli.party-twice</source>
            <extracomment>The party {name!r} stands twice.</extracomment>
            <translation>参与方 {name!r} 出现了两次。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/recommendation.py" />
            <source>cli.basket-needs-items-give</source>
            <extracomment>--basket needs items: give them with --items.</extracomment>
            <translation>--basket 需要商品：请用 --items 给出。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/recommendation.py" />
            <source>cli.not-go-items-drop</source>
            <extracomment>--{name} does not go with --items: drop it.</extracomment>
            <translation>--{name} 不能与 --items 一起使用：请去掉它。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/runs.py" />
            <source>cli.runs-words</source>
            <extracomment>This takes other words: TheMain.py runs {action} {words}.</extracomment>
            <translation>用法不同：TheMain.py runs {action} {words}。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/runs.py" />
            <source>cli.nothing-deleted</source>
            <extracomment>Nothing is deleted without being asked for.</extracomment>
            <translation>未经要求不会删除任何内容。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/runs.py" />
            <source>cli.add-yes-delete</source>
            <extracomment>Add --yes to delete the runs.</extracomment>
            <translation>加上 --yes 以删除这些运行。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/sweep.py" />
            <source>cli.sweep-needs-name</source>
            <extracomment>Name the sweep: --name NAME.</extracomment>
            <translation>请为参数扫描命名：--name NAME。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/training.py" />
            <source>cli.update-needs-resume</source>
            <extracomment>--dataset-update goes on from a run: name it with --resume.</extracomment>
            <translation>--dataset-update 从某个运行继续：请用 --resume 指定它。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/training.py" />
            <source>cli.resume-goes-runs-settings</source>
            <extracomment>--resume goes on with the run's own settings: drop --{extra}.</extracomment>
            <translation>--resume 按该运行自己的设置继续：请去掉 --{extra}。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/training.py" />
            <source>cli.address-without-cluster</source>
            <extracomment>--address is that of a Ray cluster.</extracomment>
            <translation>--address 是 Ray 集群的地址。</translation>
        </message>
        <message>
            <location filename="../../fl/cli/training.py" />
            <source>cli.address-without-cluster-hint</source>
            <extracomment>Give --runtime cluster beside it, or drop it.</extracomment>
            <translation>请同时给出 --runtime cluster，或去掉它。</translation>
        </message>
        <message>
            <location filename="../../fl/engine/engine.py" />
            <source>engine.unforeseen</source>
            <extracomment>Something went wrong that SecretRec did not foresee: {kind}: {reason}</extracomment>
            <translation>发生了 SecretRec 没有预见的问题：{kind}：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/engine/engine.py" />
            <source>engine.report-it</source>
            <extracomment>Please report it with the details.</extracomment>
            <translation>请连同详细信息一起报告。</translation>
        </message>
        <message>
            <location filename="../../fl/engine/engine.py" />
            <source>phase.starting-engine</source>
            <extracomment>starting SecretFlow</extracomment>
            <translation>正在启动 SecretFlow</translation>
        </message>
        <message>
            <location filename="../../fl/engine/member_session.py" />
            <source>member.unforeseen</source>
            <extracomment>An unforeseen failure ({kind}); the log says more.</extracomment>
            <translation>未预料到的故障（{kind}）；详见日志。</translation>
        </message>
        <message>
            <location filename="../../fl/errors.py" />
            <source>federation.resume-run-go</source>
            <extracomment>Resume the run to go on.</extracomment>
            <translation>请继续该运行。</translation>
        </message>
        <message>
            <location filename="../../fl/errors.py" />
            <source>federation.try-again-started-anew</source>
            <extracomment>Try again: it is started anew.</extracomment>
            <translation>请再试一次：它会重新启动。</translation>
        </message>
        <message>
            <location filename="../../fl/errors.py" />
            <source>party.failed</source>
            <extracomment>{party}: {reason}</extracomment>
            <translation>{party}：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.same-installation</source>
            <extracomment>Install SecretRec of the same version on every node (make setup), and start Ray with its .venv/bin/ray.</extracomment>
            <translation>请在每个节点上安装同一版本的 SecretRec（make setup），并用其 .venv/bin/ray 启动 Ray。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.the-node</source>
            <extracomment>Node {node}</extracomment>
            <translation>节点 {node}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.not-a-node</source>
            <extracomment>This computer is no node of the Ray cluster at {address}.</extracomment>
            <translation>本计算机不是 {address} 处 Ray 集群的节点。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.join-hint</source>
            <extracomment>Join it first: ray start --address {address}</extracomment>
            <translation>请先加入集群：ray start --address {address}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.missing</source>
            <extracomment>{name} is missing</extracomment>
            <translation>缺少 {name}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.differs</source>
            <extracomment>{name} {theirs} instead of {ours}</extracomment>
            <translation>{name} 是 {theirs}，而不是 {ours}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>watch.directory-silent</source>
            <extracomment>The Ray cluster at {address} does not answer any more.</extracomment>
            <translation>{address} 处的 Ray 集群不再应答。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.no-ray</source>
            <extracomment>What listens at {address} is no Ray cluster.</extracomment>
            <translation>在 {address} 监听的不是 Ray 集群。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.port-hint</source>
            <extracomment>The port of `ray start --head` is meant (6379 by default), not the dashboard's.</extracomment>
            <translation>应填 `ray start --head` 的端口（默认 6379），而不是仪表盘的端口。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.node-differs</source>
            <extracomment>Node {node} is installed otherwise: {differences}.</extracomment>
            <translation>节点 {node} 的安装不同：{differences}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.no-shared-folder</source>
            <extracomment>Node {node} does not share the folder {folder} with this computer, in which each party keeps its part of the run.</extracomment>
            <translation>节点 {node} 与本计算机没有共享文件夹 {folder}，而每个参与方都在其中保存运行中属于自己的部分。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.shared-folder-hint</source>
            <extracomment>Set SECRETREC_HOME to a folder that all nodes share, the same path at each, open to the account that Ray runs under.</extracomment>
            <translation>请把 SECRETREC_HOME 设为所有节点共享的文件夹，在各节点上路径相同，并允许运行 Ray 的账户访问。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.nobody-listens</source>
            <extracomment>Nobody listens at {address}: {reason}.</extracomment>
            <translation>{address} 处无人监听：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.start-hint</source>
            <extracomment>Give the address that `ray start --head` said, and look whether the cluster runs: ray status --address {address}</extracomment>
            <translation>请填写 `ray start --head` 显示的地址，并检查集群是否在运行：ray status --address {address}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.other-version</source>
            <extracomment>The cluster at {address} runs Ray {ray_there} on Python {python_there}; here it is Ray {ray_here} on Python {python_here}.</extracomment>
            <translation>{address} 处的集群运行 Ray {ray_there} 和 Python {python_there}；这里是 Ray {ray_here} 和 Python {python_here}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.other-ray</source>
            <extracomment>The cluster at {address} runs Ray {ray_there}; here it is Ray {ray_here}.</extracomment>
            <translation>{address} 处的集群运行 Ray {ray_there}；这里是 Ray {ray_here}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/cluster.py" />
            <source>cluster.node-silent</source>
            <extracomment>Node {node} cannot start a process of SecretRec: {reason}</extracomment>
            <translation>节点 {node} 无法启动 SecretRec 的进程：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/dropouts.py" />
            <source>dropout.died</source>
            <extracomment>its process died</extracomment>
            <translation>其进程已终止</translation>
        </message>
        <message>
            <location filename="../../fl/federation/dropouts.py" />
            <source>dropout.late</source>
            <extracomment>it did not answer within {seconds:g} seconds</extracomment>
            <translation>在 {seconds:g} 秒内没有响应</translation>
        </message>
        <message>
            <location filename="../../fl/federation/new_fl_model.py" />
            <source>federation.given-parties</source>
            <extracomment>Data was given for {x}, but the parties are {workers}.</extracomment>
            <translation>数据给了 {x}，而参与方是 {workers}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/new_fl_model.py" />
            <source>federation.call-up-fit</source>
            <extracomment>Call set_up() before fit().</extracomment>
            <translation>请在 fit() 之前调用 set_up()。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/new_fl_model.py" />
            <source>federation.fit-takes-no-labels</source>
            <extracomment>fit() takes no labels: interactions are their own.</extracomment>
            <translation>fit() 不接受标签：交互本身就是标签。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/new_fl_model.py" />
            <source>federation.batch-size-random-seed</source>
            <extracomment>batch_size and random_seed can change only together with the data: pass x.</extracomment>
            <translation>batch_size 和 random_seed 只能与数据一起更改：请给出 x。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/new_fl_model.py" />
            <source>federation.round-aggregate-wrong</source>
            <extracomment>Round {round}: the aggregate is wrong: {report}.</extracomment>
            <translation>第 {round} 轮：聚合结果有误：{report}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/new_fl_model.py" />
            <source>federation.round-discarded-resume-run</source>
            <extracomment>The round was discarded; resume the run to try it again.</extracomment>
            <translation>这一轮已丢弃；继续该运行即可重试。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.a-process</source>
            <extracomment>A process of a party or the server</extracomment>
            <translation>某个参与方或服务器的进程</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.died</source>
            <extracomment>{who} died.</extracomment>
            <translation>{who}已终止。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>dropout.node-lost</source>
            <extracomment>its node {node} was lost</extracomment>
            <translation>它所在的节点 {node} 已丢失</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.server-late</source>
            <extracomment>The server did not answer within {seconds:g} seconds.</extracomment>
            <translation>服务器在 {seconds:g} 秒内没有应答。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.parties-left-aggregator</source>
            <extracomment>{who}. {left} of {n_parties} parties are left, but this aggregator needs {fewest}.</extracomment>
            <translation>{who}。还剩 {n_parties} 个参与方中的 {left} 个，而该聚合器需要 {fewest} 个。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.last-finished-round-kept</source>
            <extracomment>The last finished round is kept: resume the run to go on from it.</extracomment>
            <translation>最后完成的一轮已保留：请继续该运行，从那里接着训练。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.dropped-out</source>
            <extracomment>{party} dropped out: {why}.</extracomment>
            <translation>{party} 已掉线：{why}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.process-of</source>
            <extracomment>The process of {name}</extracomment>
            <translation>{name} 的进程</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>federation.died-with-node</source>
            <extracomment>{who} died with its node {node}.</extracomment>
            <translation>{who}随其节点 {node} 一起终止。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/parties.py" />
            <source>dropout.party</source>
            <extracomment>{party} dropped out: {why}</extracomment>
            <translation>{party} 掉线：{why}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/placement.py" />
            <source>watch.node-silent</source>
            <extracomment>Ray's node on this computer ended.</extracomment>
            <translation>本计算机上的 Ray 节点已结束。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/placement.py" />
            <source>cluster.node-full</source>
            <extracomment>{who} belongs on {nodes}, which offers a resource of that name, and no CPU is free there.</extracomment>
            <translation>{who} 应在 {nodes} 上运行，该节点提供同名的资源，但那里没有空闲的 CPU。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/placement.py" />
            <source>cluster.too-few-cpus</source>
            <extracomment>The cluster has {free:g} free CPUs (nodes: {nodes}), and {processes} are needed: one for each party and one for the server.</extracomment>
            <translation>集群有 {free:g} 个空闲 CPU（节点数：{nodes}），需要 {processes} 个：每个参与方一个，服务器一个。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/placement.py" />
            <source>cluster.too-few-hint</source>
            <extracomment>Wait until others are done, use fewer parties, or let more nodes join.</extracomment>
            <translation>请等待其他任务完成，减少参与方，或让更多节点加入。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/placement.py" />
            <source>cluster.runs-on</source>
            <extracomment>{who}: node {node}</extracomment>
            <translation>{who}：节点 {node}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/questions.py" />
            <source>federation.counts-of-fewer</source>
            <extracomment>Item counts are summed over all parties or not at all, and {lost} dropped out before.</extracomment>
            <translation>商品计数只在全部参与方之间求和，否则不求和；而 {lost} 此前已掉线。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server.py" />
            <source>federation.not-fit-items-expected</source>
            <extracomment>{path} does not fit: its items are {shape}, expected {shape_2}.</extracomment>
            <translation>{path} 不相符：其商品为 {shape}，应为 {shape_2}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server.py" />
            <source>sum.no-counts</source>
            <extracomment>its counts are no counts: masks did not cancel</extracomment>
            <translation>其计数不是计数：掩码没有抵消</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server.py" />
            <source>sum.wrong-users</source>
            <extracomment>it counts {users} users instead of {wanted}: masks did not cancel</extracomment>
            <translation>其中计有 {users} 个用户，而不是 {wanted}：掩码没有抵消</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server.py" />
            <source>sum.counts-not-empty</source>
            <extracomment>its counts are not empty: masks did not cancel</extracomment>
            <translation>其计数不为空：掩码没有抵消</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server.py" />
            <source>sum.at-most</source>
            <extracomment>at most {users}</extracomment>
            <translation>至多 {users} 个</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server_optimizers.py" />
            <source>federation.servers-optimiser-keeps</source>
            <extracomment>The server's optimiser keeps no state, but the checkpoint holds {state}.</extracomment>
            <translation>服务器的优化器不保存状态，而检查点中有 {state}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/server_optimizers.py" />
            <source>federation.optimisers-state-hold</source>
            <extracomment>The server optimiser's state should hold {first} and {second}, and holds {state}.</extracomment>
            <translation>服务器优化器的状态应包含 {first} 和 {second}，实际包含 {state}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/session.py" />
            <source>federation.party-names-differ</source>
            <extracomment>Party names must differ from each other and from '{server}': {parties}.</extracomment>
            <translation>参与方的名称必须各不相同，且不同于 '{server}'：{parties}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/session.py" />
            <source>federation.belongs-user</source>
            <extracomment>{folder} is not a folder of this user.</extracomment>
            <translation>{folder} 不是该用户的文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/session.py" />
            <source>federation.remove-tmpdir-folder-your</source>
            <extracomment>Remove it, or set TMPDIR to a folder of your own.</extracomment>
            <translation>请移除它，或把 TMPDIR 设为您自己的文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/session.py" />
            <source>federation.secretflow-not-start-ray</source>
            <extracomment>SecretFlow could not start Ray: {reason}</extracomment>
            <translation>SecretFlow 无法启动 Ray：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/session.py" />
            <source>federation.logs</source>
            <extracomment>Its logs are in {folder}.</extracomment>
            <translation>它的日志在 {folder} 中。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/session.py" />
            <source>cluster.not-connected</source>
            <extracomment>SecretFlow could not connect to the Ray cluster at {address}: {reason}</extracomment>
            <translation>SecretFlow 无法连接 {address} 处的 Ray 集群：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/federation/tensorboard_callback.py" />
            <source>federation.cannot-write-tensorboard</source>
            <extracomment>Cannot write TensorBoard files in {folder}: {reason}.</extracomment>
            <translation>无法在 {folder} 中写入 TensorBoard 文件：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/tensorboard_callback.py" />
            <source>federation.free-space-train-without</source>
            <extracomment>Free some space, or train without --tensorboard.</extracomment>
            <translation>请腾出一些空间，或不用 --tensorboard 训练。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/watch.py" />
            <source>watch.program</source>
            <extracomment>The program ended without a word, and Ray's processes with it.</extracomment>
            <translation>程序未作任何说明就结束了，Ray 的进程也随之结束。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/watch.py" />
            <source>watch.gcs</source>
            <extracomment>Ray's directory of processes (gcs_server)</extracomment>
            <translation>Ray 的进程目录（gcs_server）</translation>
        </message>
        <message>
            <location filename="../../fl/federation/watch.py" />
            <source>watch.raylet</source>
            <extracomment>Ray's starter of processes (raylet)</extracomment>
            <translation>Ray 的进程启动器（raylet）</translation>
        </message>
        <message>
            <location filename="../../fl/federation/watch.py" />
            <source>watch.died</source>
            <extracomment>{process} died.</extracomment>
            <translation>{process} 已终止。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/worker.py" />
            <source>update.too-many-samples</source>
            <extracomment>trained on {samples} samples, more than the message can count.</extracomment>
            <translation>用 {samples} 个样本训练，超出了消息所能计数的范围。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/worker.py" />
            <source>federation.party-used-up</source>
            <extracomment>This party was used before its data was set up.</extracomment>
            <translation>该参与方在数据就绪之前就被使用。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/worker.py" />
            <source>federation.party-used-model-up</source>
            <extracomment>This party was used before its model was set up.</extracomment>
            <translation>该参与方在模型就绪之前就被使用。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/worker.py" />
            <source>update.not-finite</source>
            <extracomment>the update has values that are not finite: training diverged; lower the learning rate.</extracomment>
            <translation>更新中有不是有限数的数值：训练发散了；请降低学习率。</translation>
        </message>
        <message>
            <location filename="../../fl/federation/worker.py" />
            <source>federation.refused-round-cannot-taken</source>
            <extracomment>The refused round cannot be taken back: this model was trained without checkpoints.</extracomment>
            <translation>无法撤回被拒绝的一轮：该模型训练时没有检查点。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.users-update</source>
            <extracomment>one user's unprotected update</extracomment>
            <translation>一个用户未受保护的更新</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.users-noised</source>
            <extracomment>one user's update with noise, in a party of that user alone</extracomment>
            <translation>一个用户带噪声的更新（参与方只有该用户）</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.partys-update</source>
            <extracomment>one party's unprotected update</extracomment>
            <translation>一个参与方未受保护的更新</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.partys-noised</source>
            <extracomment>one party's update with its noise, before it is masked</extracomment>
            <translation>一个参与方带噪声、尚未加掩码的更新</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.party</source>
            <extracomment>From {whose}, the items that its users rate more than the median are told from the others with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.</extracomment>
            <translation>从{whose}，可把其用户评价次数高于中位数的商品与其他商品区分开，面积为 {value:.2f}（{low:.2f} 至 {high:.2f}）；0.50 为随机猜测。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.as-received</source>
            <extracomment>as the server receives it</extracomment>
            <translation>如服务器所收到的</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.as-masked</source>
            <extracomment>as `masked` would send it</extracomment>
            <translation>如 `masked` 会发送的</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.party-masked</source>
            <extracomment>From the same update under masks, {received}, the area is {value:.2f} ({low:.2f} to {high:.2f}): 0.50 is guessing.</extracomment>
            <translation>从同一更新加掩码之后（{received}），面积为 {value:.2f}（{low:.2f} 至 {high:.2f}）：0.50 为随机猜测。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>phase.replaying-to-read</source>
            <extracomment>replaying a round to read its messages</extracomment>
            <translation>正在重放一轮以读取其消息</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.membership</source>
            <extracomment>From item embeddings after {rounds} rounds ({noise}), users who were trained on are told from those who were not with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.</extracomment>
            <translation>从 {rounds} 轮之后的商品嵌入（{noise}），可把参加过训练的用户与没有参加的区分开，面积为 {value:.2f}（{low:.2f} 至 {high:.2f}）；0.50 为随机猜测。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.membership-by-order</source>
            <extracomment>From the tables of the order after {rounds} rounds ({noise}), users who were trained on are told from those who were not with an area of {value:.2f} ({low:.2f} to {high:.2f}); 0.50 is guessing.</extracomment>
            <translation>从 {rounds} 轮之后的先后关系表（{noise}），可把参加过训练的用户与没有参加的区分开，面积为 {value:.2f}（{low:.2f} 至 {high:.2f}）；0.50 为随机猜测。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>noise.none</source>
            <extracomment>without noise</extracomment>
            <translation>无噪声</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.no-user-rated-item</source>
            <extracomment>No user of {party} rated an item whose row is sent: there is nothing to rebuild.</extracomment>
            <translation>{party} 的用户都没有评价过被发送的商品行：没有可重建的内容。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.user</source>
            <extracomment>From {whose}, {value:.0f} % ({low:.0f} to {high:.0f}) of the items named as rated are right; guessing gets {chance:.1f} % right.</extracomment>
            <translation>从{whose}，被指为评价过的商品中有 {value:.0f} %（{low:.0f} 至 {high:.0f}）是对的；随机猜测有 {chance:.1f} % 是对的。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>audit.membership-needs-least</source>
            <extracomment>Membership needs at least {fewest} users with 2 items or more.</extracomment>
            <translation>成员推断至少需要 {fewest} 个有 2 个或更多商品的用户。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>phase.training-half</source>
            <extracomment>training {rounds} rounds on half of the users ({noise})</extracomment>
            <translation>正在用一半用户训练 {rounds} 轮（{noise}）</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/audit.py" />
            <source>noise.some</source>
            <extracomment>with noise, epsilon {epsilon:g}</extracomment>
            <translation>有噪声，epsilon {epsilon:g}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/beginning.py" />
            <source>phase.going-on-from</source>
            <extracomment>going on from round {round} of {run}</extracomment>
            <translation>从 {run} 的第 {round} 轮继续</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>phase.replaying-to-cheat</source>
            <extracomment>replaying a round to cheat in it</extracomment>
            <translation>正在重放一轮以便在其中作弊</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>phase.cheating</source>
            <extracomment>cheating, and having the parties check the sum</extracomment>
            <translation>正在作弊，并让各参与方核对总和</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>cheat.no-sum-cheat-run</source>
            <extracomment>There is no sum to cheat with: the run has one party.</extracomment>
            <translation>没有可作弊的总和：该运行只有一个参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>cheat.choose-run-more-parties</source>
            <extracomment>Choose a run of more parties.</extracomment>
            <translation>请选择有更多参与方的运行。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>cheat.reuse-something-old-needs</source>
            <extracomment>To reuse something old, the server needs an earlier round: this run kept only one.</extracomment>
            <translation>要重用旧内容，服务器需要更早的一轮：该运行只保留了一轮。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>cheat.choose-cheat-train-more</source>
            <extracomment>Choose another way to cheat, or train more rounds.</extracomment>
            <translation>请选择其他作弊方式，或训练更多轮。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/cheat.py" />
            <source>check.unnoticed</source>
            <extracomment>The server changed the sum and nobody noticed.</extracomment>
            <translation>服务器改动了总和，无人察觉。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/compare.py" />
            <source>compare.seed</source>
            <extracomment>seed {seed} ({number} of {seeds})</extracomment>
            <translation>种子 {seed}（第 {number} 个，共 {seeds} 个）</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/compare.py" />
            <source>phase.compare-reading</source>
            <extracomment>{where}: reading {dataset}</extracomment>
            <translation>{where}：正在读取 {dataset}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/compare.py" />
            <source>phase.compare-fitting</source>
            <extracomment>{where}: fitting {baseline}</extracomment>
            <translation>{where}：正在拟合 {baseline}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/compare.py" />
            <source>phase.compare-training</source>
            <extracomment>{where}: training {model}</extracomment>
            <translation>{where}：正在训练 {model}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/context.py" />
            <source>phase.reading</source>
            <extracomment>reading {dataset}</extracomment>
            <translation>正在读取 {dataset}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/context.py" />
            <source>phase.finding-noise</source>
            <extracomment>finding the noise for the privacy budget</extracomment>
            <translation>正在为隐私预算求噪声大小</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/context.py" />
            <source>phase.loading-round</source>
            <extracomment>loading round {round}</extracomment>
            <translation>正在载入第 {round} 轮</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.grown</source>
            <extracomment>Since run '{run}', {rows} rows, {users} users and {items} items have come.</extracomment>
            <translation>自运行“{run}”以来，新增 {rows} 行、{users} 个用户和 {items} 件商品。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.still-training</source>
            <extracomment>Run '{run}' is still training.</extracomment>
            <translation>运行“{run}”仍在训练。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>run.wait-stop</source>
            <extracomment>Wait for it, or stop it there.</extracomment>
            <translation>请等待，或在那边停止它。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.dp</source>
            <extracomment>Run '{run}' was trained with differential privacy, and its budget is spent: going on with the same users would spend another one.</extracomment>
            <translation>运行“{run}”是用差分隐私训练的，其预算已用完：用相同的用户继续训练会再消耗一份预算。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.dp-hint</source>
            <extracomment>Train a new run on the data as they are now; both runs' epsilons add up.</extracomment>
            <translation>请用现有数据训练一个新运行；两个运行的 epsilon 会相加。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.same</source>
            <extracomment>Data set '{dataset}' is as run '{run}' has it: nothing new.</extracomment>
            <translation>数据集“{dataset}”与运行“{run}”所用的相同：没有新内容。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.same-hint</source>
            <extracomment>To train longer: TheMain.py train --resume {run} --epochs N</extracomment>
            <translation>要训练更久：TheMain.py train --resume {run} --epochs N</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.gone</source>
            <extracomment>Data set '{dataset}' did not just grow since run '{run}': {users} of its users, {items} of its items and {rows} of its rows are gone or have changed.</extracomment>
            <translation>自运行“{run}”以来，数据集“{dataset}”不只是增长：有 {users} 个用户、{items} 件商品和 {rows} 行消失或已更改。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/continuing.py" />
            <source>continuing.gone-hint</source>
            <extracomment>Put them back; or have the run forget the users who left (TheMain.py forget), or train a new run.</extracomment>
            <translation>请把它们放回去；或者让该运行遗忘已离开的用户（TheMain.py forget），或者训练一个新运行。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/evaluation.py" />
            <source>evaluation.trained-with-leak</source>
            <extracomment>This run was trained under the published protocol: its training negatives left out the held-out items, which leaks them. Train a run under the leak-free protocol for honest figures.</extracomment>
            <translation>该运行按论文协议训练：训练负样本避开了留出的商品，造成泄漏。要得到真实的指标，请按无泄漏协议重新训练。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/evaluation.py" />
            <source>evaluation.of-own-users</source>
            <extracomment>These are figures of this organisation's own users; nobody else was asked.</extracomment>
            <translation>这些是本机构自己用户的指标；没有询问任何其他人。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/evaluation.py" />
            <source>evaluation.as-last-kept</source>
            <extracomment>{parties} had dropped out by round {round}: the users there are in these figures as in their last round before that. The figures of the training leave them out.</extracomment>
            <translation>{parties} 在第 {round} 轮之前已退出：其用户在这些指标中采用退出前最后一轮的状态；训练时的指标不含这些用户。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/evaluation.py" />
            <source>phase.counting-groups</source>
            <extracomment>counting users by group</extracomment>
            <translation>正在统计各组用户</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/evaluation.py" />
            <source>phase.scoring-popularity</source>
            <extracomment>scoring the popularity baseline</extracomment>
            <translation>正在为流行度基线打分</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/evaluation.py" />
            <source>phase.scoring-view</source>
            <extracomment>scoring all users ({view} item embeddings)</extracomment>
            <translation>正在为所有用户打分（{view}商品嵌入）</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/federations.py" />
            <source>training.of-organisations</source>
            <extracomment>This needs all organisations of the federation, and only one is here.</extracomment>
            <translation>这需要联邦的所有机构，而这里只有一个。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/federations.py" />
            <source>training.of-organisations-hint</source>
            <extracomment>Lists for your own users work: TheMain.py recommend. To train, take part: TheMain.py party.</extracomment>
            <translation>可以为您自己的用户生成列表：TheMain.py recommend。要训练，请参与联邦：TheMain.py party。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/federations.py" />
            <source>phase.starting-federation</source>
            <extracomment>starting SecretFlow ({runtime}, {parties} parties)</extracomment>
            <translation>正在启动 SecretFlow（{runtime}，{parties} 个参与方）</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/forgetting.py" />
            <source>forgetting.still-there</source>
            <extracomment>What training with this user has left in the item table, in the item counts and in the figures stays: they are sums over all users. Rounds without the user wash it out of the item table; docs/privacy.md says how fast.</extracomment>
            <translation>用该用户训练后留在商品表、商品计数和指标中的内容仍然存在：它们是所有用户的总和。没有该用户的训练轮次会将其从商品表中洗去；速度见 docs/privacy.md。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/forgetting.py" />
            <source>forgetting.in-the-data</source>
            <extracomment>The data set '{dataset}' itself was not touched, nor were other runs and files that were written from this one.</extracomment>
            <translation>数据集“{dataset}”本身以及其他运行和由此运行写出的文件均未改动。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/forgetting.py" />
            <source>phase.forgetting</source>
            <extracomment>deleting what {party} has of user {user}</extracomment>
            <translation>正在删除 {party} 所有的用户 {user} 的内容</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/forgetting.py" />
            <source>forgetting.nothing-kept</source>
            <extracomment>Run '{run}' cannot be written.</extracomment>
            <translation>无法写入运行“{run}”。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/forgetting.py" />
            <source>forgetting.last</source>
            <extracomment>User '{user}' is the only one of {party}.</extracomment>
            <translation>用户“{user}”是 {party} 的唯一用户。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/forgetting.py" />
            <source>forgetting.last-hint</source>
            <extracomment>Delete the run instead: a party without users cannot train.</extracomment>
            <translation>请改为删除该运行：没有用户的参与方无法训练。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>inspection.note</source>
            <extracomment>For demonstration, in simulation: a round replayed on this machine from the run's checkpoint. A party never shows what it sends.</extracomment>
            <translation>仅供演示，在模拟中：在本机上从该运行的检查点重放一轮。参与方从不出示它发送的内容。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>inspection.kept</source>
            <extracomment>Crops of the tables are in the run folder, {file}.</extracomment>
            <translation>各表的局部保存在运行文件夹的 {file} 中。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>inspection.noise</source>
            <extracomment>Its noise is drawn anew; the update without noise is not shown. The pictures are not counted in epsilon and not kept: do not pass them on.</extracomment>
            <translation>其噪声重新抽取；不显示没有噪声的更新。这些图片不计入 epsilon，也不保存：请勿传播。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>picture.update</source>
            <extracomment>true update of {party}</extracomment>
            <translation>{party} 的真实更新</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>picture.noised</source>
            <extracomment>update of {party} with its noise</extracomment>
            <translation>{party} 带噪声的更新</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>picture.received</source>
            <extracomment>as the server receives it</extracomment>
            <translation>服务器收到的样子</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>picture.sum</source>
            <extracomment>sum over {parties} parties</extracomment>
            <translation>{parties} 个参与方的总和</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/inspection.py" />
            <source>phase.replaying-to-show</source>
            <extracomment>replaying a round to show its messages</extracomment>
            <translation>正在重放一轮以显示其消息</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>phase.reading-lists</source>
            <extracomment>reading the lists</extracomment>
            <translation>正在读取列表</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>phase.measuring-lists</source>
            <extracomment>measuring the lists</extracomment>
            <translation>正在计算列表的指标</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.only-candidates</source>
            <extracomment>The lists rank the held-out item among the sampled candidates and nothing else, so sampled figures apply; full rank, coverage and the like do not.</extracomment>
            <translation>这些列表只在抽取的候选商品中给留出商品排名，因此采样指标适用；全排名、覆盖率等不适用。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.full-applies</source>
            <extracomment>The lists are drawn from the whole catalogue, so full rank applies.</extracomment>
            <translation>这些列表取自全部商品，因此全排名指标适用。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.sampled-unknown</source>
            <extracomment>Sampled figures do not apply at K = {ks}. Lists that end before they tell how the held-out item stands among its candidates: {users:,}. Longer lists would tell, or lists of the candidates alone, which the exported split has.</extracomment>
            <translation>K = {ks} 时采样指标不适用。过早结束、无法得知留出商品在候选商品中位置的列表：{users:,} 个。更长的列表可以，只含候选商品（导出的划分中有）的列表也可以。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.users-without</source>
            <extracomment>Users without a list: {n:,} of {users:,}. Each counts as a miss.</extracomment>
            <translation>没有列表的用户：{users:,} 位中有 {n:,} 位，均按未命中计。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.short</source>
            <extracomment>Lists of fewer than K = {k} items: {n:,}; the shortest has {least:,}. A held-out item behind the end of a list counts as a miss.</extracomment>
            <translation>少于 K = {k} 件商品的列表：{n:,} 个，最短的有 {least:,} 件。落在列表末尾之后的留出商品按未命中计。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.nothing-held-out</source>
            <extracomment>No list holds its user's held-out item. A program that leaves out everything a user has ever rated leaves out the answers as well; lists that are made here have them where they are from all items.</extracomment>
            <translation>没有一个列表含有其用户的留出商品。略去用户评分过的全部商品的程序也就略去了答案；此处生成的列表若取自全部商品，则含有答案。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.all-held-out</source>
            <extracomment>Every list holds its user's held-out item. Lists of candidates that were drawn elsewhere, or with another seed, look so; full-rank figures of them are far too high.</extracomment>
            <translation>每个列表都含有其用户的留出商品。在别处或用其他种子抽取的候选商品列表就是这样；由它们得出的全排名指标会高出许多。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/lists.py" />
            <source>lists.sampled-applies</source>
            <extracomment>Every list tells how the held-out item stands among its candidates, so sampled figures apply too.</extracomment>
            <translation>每个列表都能说明留出商品在其候选商品中的位置，因此采样指标也适用。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/loaded_run.py" />
            <source>phase.loading-round-of-run</source>
            <extracomment>loading round {round} of {run}</extracomment>
            <translation>正在载入 {run} 的第 {round} 轮</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/member_training.py" />
            <source>phase.connecting</source>
            <extracomment>connecting with the other members</extracomment>
            <translation>正在与其他成员建立连接</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/member_training.py" />
            <source>phase.reading-own</source>
            <extracomment>every member reads its own data</extracomment>
            <translation>各成员读取自己的数据</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/member_training.py" />
            <source>member.regroup</source>
            <extracomment>A member came back: the session begins anew with it.</extracomment>
            <translation>有成员回来了：会话将与它一起重新开始。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/new_user.py" />
            <source>new-user.fits-items</source>
            <extracomment>'{name}' fits {n_matching} items of '{data}'.</extracomment>
            <translation>'{name}' 与 '{data}' 的 {n_matching} 个商品相符。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/new_user.py" />
            <source>new-user.give-id</source>
            <extracomment>Give an id: {some}{more}</extracomment>
            <translation>请给出编号：{some}{more}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/new_user.py" />
            <source>new-user.no-item</source>
            <extracomment>Data set '{data}' has no item '{name}'.</extracomment>
            <translation>数据集 '{data}' 没有商品 '{name}'。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/new_user.py" />
            <source>new-user.give-items-id-part</source>
            <extracomment>Give an item's id, or a part of its title.</extracomment>
            <translation>请给出商品的编号，或标题的一部分。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.data-gone</source>
            <extracomment>Data set '{dataset}' is not on this machine any more; the run answers from what it kept of it.</extracomment>
            <translation>数据集“{dataset}”已不在这台机器上；该运行用它所保留的数据来回答。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.no-user</source>
            <extracomment>Run '{run}' has no user '{user}'.</extracomment>
            <translation>运行“{run}”中没有用户“{user}”。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.server</source>
            <extracomment>Run '{run}' has no users here: this is the server's part of it.</extracomment>
            <translation>运行“{run}”在这里没有用户：这是服务器的那一部分。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.server-hint</source>
            <extracomment>Each organisation has its users' part, and asks for their lists there.</extracomment>
            <translation>每个机构有自己用户的那一部分，请在那里生成列表。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.forgotten</source>
            <extracomment>Run '{run}' has forgotten user '{user}'.</extracomment>
            <translation>运行“{run}”已遗忘用户“{user}”。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.forgotten-hint</source>
            <extracomment>Nothing of this user is left to recommend from.</extracomment>
            <translation>该用户已没有任何可用于推荐的内容。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.users-example</source>
            <extracomment>It has {n_users} users, for example {some}.</extracomment>
            <translation>共有 {n_users} 个用户，例如 {some}。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/own_party.py" />
            <source>own-party.nothing-kept</source>
            <extracomment>Run '{run}' was made by an earlier version, which kept nothing of its data set, and that cannot be read: {reason}</extracomment>
            <translation>运行“{run}”由较早的版本生成，没有保留数据集的任何内容，而该数据集无法读取：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>phase.scoring-run</source>
            <extracomment>scoring all users with {run}</extracomment>
            <translation>正在用 {run} 为所有用户评分</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>paired.other-users</source>
            <extracomment>Run '{run}' has other users of {party} than its data set: a file of it is missing or damaged.</extracomment>
            <translation>运行“{run}”中 {party} 的用户与其数据集的不同：该运行有文件缺失或损坏。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>compare.data</source>
            <extracomment>data</extracomment>
            <translation>数据</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>compare.protocol</source>
            <extracomment>protocol</extracomment>
            <translation>协议</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>compare.seed-of-candidates</source>
            <extracomment>seed</extracomment>
            <translation>随机种子</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>compare.runs-differ</source>
            <extracomment>Runs '{first}' and '{other}' cannot be held against each other user by user: they differ in their {what}.</extracomment>
            <translation>运行“{first}”与“{other}”不能逐用户比较：二者的{what}不同。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/paired.py" />
            <source>compare.runs-differ-hint</source>
            <extracomment>Train one of them again with the other's {what}.</extracomment>
            <translation>请用另一个运行的{what}重新训练其中之一。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation.py" />
            <source>phase.scoring-items</source>
            <extracomment>scoring items for user {user}</extracomment>
            <translation>正在为用户 {user} 给商品打分</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation_of_all.py" />
            <source>phase.scoring-all</source>
            <extracomment>scoring all users</extracomment>
            <translation>正在为所有用户打分</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation_of_all.py" />
            <source>recommendation-of-all.cannot-write-folder</source>
            <extracomment>Cannot write {path}: it is a folder.</extracomment>
            <translation>无法写入 {path}：它是文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation_of_all.py" />
            <source>recommendation-of-all.name-file</source>
            <extracomment>Name a file in it.</extracomment>
            <translation>请给出其中的一个文件名。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation_of_all.py" />
            <source>recommendation-of-all.cannot-write-no-folder</source>
            <extracomment>Cannot write {path}: there is no folder {parent}.</extracomment>
            <translation>无法写入 {path}：没有文件夹 {parent}。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation_of_all.py" />
            <source>recommendation-of-all.choose-place</source>
            <extracomment>Choose another place.</extracomment>
            <translation>请另选一个位置。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/recommendation_of_all.py" />
            <source>recommendation-of-all.choose-place-file</source>
            <extracomment>Choose another place for the file.</extracomment>
            <translation>请为文件换一个位置。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/replay.py" />
            <source>replay.not-fit-items-expected</source>
            <extracomment>{path} does not fit: its items are {found}, expected {shape}.</extracomment>
            <translation>{path} 不相符：其商品为 {found}，应为 {shape}。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/report_rows.py" />
            <source>group.activity-of-one</source>
            <extracomment>{high} items</extracomment>
            <translation>{high} 个商品</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/report_rows.py" />
            <source>group.activity</source>
            <extracomment>{low} to {high} items</extracomment>
            <translation>{low} 至 {high} 个商品</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/run_data.py" />
            <source>run-data.resume-train-again</source>
            <extracomment>Resume it, or train again.</extracomment>
            <translation>请继续该运行，或重新训练。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/run_data.py" />
            <source>run-data.not-run-trained</source>
            <extracomment>Data set '{dataset}' is not the one run '{run}' was trained on (fingerprints differ).</extracomment>
            <translation>数据集“{dataset}”不是训练运行“{run}”时用的那一个（指纹不同）。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/run_data.py" />
            <source>run-data.fetch-same-files-again</source>
            <extracomment>Fetch the same files again, or train a new run.</extracomment>
            <translation>请重新获取相同的文件，或训练新的运行。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.not-needed</source>
            <extracomment>The server of `{aggregator}` is sent what {party} sends as it is: it reads updates and counts without any attack.</extracomment>
            <translation>`{aggregator}` 的服务器原样收到 {party} 发送的内容：无需任何攻击就能读到更新与计数。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.second-sum-hidden</source>
            <extracomment>The server asked for a second sum of the same {what} without {party}: {refused} of {asked} parties refused, so it learnt nothing of {party}'s part. The first to refuse: {reason}</extracomment>
            <translation>服务器要求对同样的{what}在没有 {party} 的情况下再求和一次：{asked} 个参与方中有 {refused} 个拒绝，因此它对 {party} 的部分一无所知。最先的拒绝：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.second-sum-open</source>
            <extracomment>The server asked for a second sum of the same {what} without {party}, and got it. The difference of the two sums has a correlation of {found:.2f} with what {party} sent: it reads it.</extracomment>
            <translation>服务器要求对同样的{what}在没有 {party} 的情况下再求和一次，并得到了。两个总和之差与 {party} 发送的内容的相关系数为 {found:.2f}：它读到了。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>phase.attacking-as-server</source>
            <extracomment>attacking a replayed round as a server that cheats</extracomment>
            <translation>正在以作弊服务器的身份攻击重放的一轮</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.lists-hidden</source>
            <extracomment>The server showed half of the parties a list of who is in the sum with {party} and the others one without it, and made up the signatures that it lacked. No party gave a share, so it learnt nothing. The first to refuse: {reason}</extracomment>
            <translation>服务器给一半参与方看含有 {party} 的求和名单，给其他参与方看不含它的名单，并伪造了缺少的签名。没有任何参与方交出份额，因此它一无所知。最先的拒绝：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.no-lists</source>
            <extracomment>Parties of `{aggregator}` sign no list of who is in a sum, so there is none to forge: whoever runs the server says over whom they sum.</extracomment>
            <translation>`{aggregator}` 的参与方不签署求和名单，因此没有可伪造的：由运行服务器的人决定对谁求和。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.no-second-sum</source>
            <extracomment>With {n_parties} parties, `{aggregator}` gives no sum without {party}. But each of two parties reads the other's part from the sum.</extracomment>
            <translation>有 {n_parties} 个参与方时，`{aggregator}` 不会给出没有 {party} 的总和。但两个参与方各自都能从总和中读出对方的部分。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.counts</source>
            <extracomment>item counts</extracomment>
            <translation>商品计数</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.updates</source>
            <extracomment>updates</extracomment>
            <translation>更新</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.misled-hidden</source>
            <extracomment>The server gave {party} the item table and the others zeros, to read {party}'s update as the sum. What it got has a correlation of {found:.2f} with that update: it does not read it.</extracomment>
            <translation>服务器给 {party} 真实的商品表，给其他参与方全零的表，想把总和当作 {party} 的更新来读。它得到的结果与该更新的相关系数为 {found:.2f}：读不到。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.misled-open</source>
            <extracomment>The server gave {party} the item table and the others zeros. What it reads as the sum has a correlation of {found:.2f} with {party}'s update: it reads it.</extracomment>
            <translation>服务器给 {party} 真实的商品表，给其他参与方全零的表。它读到的总和与 {party} 的更新的相关系数为 {found:.2f}：读到了。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/server_attacks.py" />
            <source>attack.lists-open</source>
            <extracomment>The server showed parties different lists of who is in the sum, and made up signatures: parties gave shares for both, which can take the masks off {party}'s update.</extracomment>
            <translation>服务器给各参与方看不同的求和名单并伪造签名：参与方对两份名单都交出了份额，足以去掉 {party} 的更新上的掩码。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/split_export.py" />
            <source>split.folder-taken</source>
            <extracomment>{path} is there already and is no empty folder.</extracomment>
            <translation>{path} 已存在，且不是空文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/split_export.py" />
            <source>split.folder-taken-hint</source>
            <extracomment>Name a new folder, or empty this one.</extracomment>
            <translation>请指定新文件夹，或清空这个文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/split_export.py" />
            <source>split.no-folder</source>
            <extracomment>There is no folder {parent} to write into.</extracomment>
            <translation>没有可写入的文件夹 {parent}。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/split_export.py" />
            <source>split.no-folder-hint</source>
            <extracomment>Make it first, or choose another place.</extracomment>
            <translation>请先建立它，或选择其他位置。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/split_export.py" />
            <source>phase.writing-file</source>
            <extracomment>writing {file}</extracomment>
            <translation>正在写 {file}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/sweep.py" />
            <source>phase.sweep-run</source>
            <extracomment>run {number} of {runs}: {run}</extracomment>
            <translation>第 {number} 个运行，共 {runs} 个：{run}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/taking_part.py" />
            <source>taking-part.as</source>
            <extracomment>taking part in {federation} as {member}</extracomment>
            <translation>以 {member} 身份参加 {federation}</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/taking_part.py" />
            <source>taking-part.no-result</source>
            <extracomment>The training ended before its first round.</extracomment>
            <translation>训练在第一轮完成之前结束了。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>phase.dealing-out</source>
            <extracomment>giving each party its users</extracomment>
            <translation>正在把用户分给各参与方</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>training.not-of-a-cluster</source>
            <extracomment>Only a run that is trained on a Ray cluster has an address of one.</extracomment>
            <translation>只有在 Ray 集群上训练的运行才有集群地址。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>training.never-began</source>
            <extracomment>Run '{run}' ended before it began.</extracomment>
            <translation>运行“{run}”在开始之前就结束了。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>training.never-began-hint</source>
            <extracomment>Go on from the earlier run again, with --dataset-update.</extracomment>
            <translation>请用 --dataset-update 再次从之前的运行继续。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>phase.evaluating</source>
            <extracomment>evaluating the best round on the test items</extracomment>
            <translation>正在用测试商品评估最佳轮次</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>phase.going-back</source>
            <extracomment>a checkpoint of round {had} is damaged; going on from round {round}, which is whole</extracomment>
            <translation>第 {had} 轮的检查点已损坏；从完好的第 {round} 轮继续</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>training.run-finished-rounds-epochs</source>
            <extracomment>Run '{run}' has finished {done} rounds already; epochs cannot be {epochs}.</extracomment>
            <translation>运行“{run}”已经完成 {done} 轮，轮数不能是 {epochs}。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>training.users-whom-take-part</source>
            <extracomment>{party} has {n_users} users, of whom {share:.2g} take part in a round on average. A party with fewer than {fewest} would send nearly one user's own update, so it would sit most rounds out.</extracomment>
            <translation>{party} 有 {n_users} 个用户，平均每轮有 {share:.2g} 个参加。用户少于 {fewest} 个的参与方发送的几乎就是单个用户的更新，因此它在大多数轮次中不会参加。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>training.draw-more-users-use</source>
            <extracomment>Draw more users, use fewer parties, or lower the fewest users of a party (--min-clients-per-party).</extracomment>
            <translation>请抽取更多用户、使用更少参与方，或降低每个参与方的最少用户数（--min-clients-per-party）。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training.py" />
            <source>phase.measuring-popularity</source>
            <extracomment>measuring the popularity baseline</extracomment>
            <translation>正在计算流行度基线</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training_notes.py" />
            <source>training.no-baseline</source>
            <extracomment>With differential privacy, the popularity baseline is measured when training is over: it takes exact counts of every item.</extracomment>
            <translation>使用差分隐私时，训练结束后才测量流行度基线：它需要每个商品的精确计数。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training_notes.py" />
            <source>training.not-covered</source>
            <extracomment>Epsilon does not cover exact facts of the data in the run's config.json (fingerprint, number of ratings, and FCF's alpha, which follows from it), a refusal, which tells a party's own noised value, nor rounding in floating point.</extracomment>
            <translation>Epsilon 不涵盖：运行的 config.json 中关于数据的精确事实（指纹、评分数量，以及由此得出的 FCF 的 alpha）；会透露参与方加噪值的拒绝；以及浮点取整。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/training_notes.py" />
            <source>training.epsilon-of-a-party</source>
            <extracomment>Epsilon counts for the server and for whoever sees the items. A party can take its own noise off a sum: for it, epsilon is {epsilon:.3g} after the last round.</extracomment>
            <translation>所示 epsilon 针对服务器和所有能看到商品嵌入的人。参与方可以从总和中减去自己的噪声：对它而言，最后一轮之后的 epsilon 为 {epsilon:.3g}。</translation>
        </message>
        <message>
            <location filename="../../fl/jobs/verification.py" />
            <source>check.verified</source>
            <extracomment>Every party found the sum to be that of the uploads.</extracomment>
            <translation>各参与方都确认总和与上传内容相符。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.meeting</source>
            <extracomment>the meeting place</extracomment>
            <translation>会合地址</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.two-parties</source>
            <extracomment>A federation needs at least 2 parties.</extracomment>
            <translation>联邦至少需要 2 个参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.folder-there</source>
            <extracomment>{folder} is there already.</extracomment>
            <translation>{folder} 已经存在。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.folder-hint</source>
            <extracomment>Choose another name, or another folder with --folder.</extracomment>
            <translation>请换一个名称，或用 --folder 指定另一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.many-parties</source>
            <extracomment>A federation has at most {most} parties.</extracomment>
            <translation>一个联邦最多有 {most} 个参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.keys-address</source>
            <extracomment>To make the keys of {member} here, name it among the members with its address: NAME=HOST:PORT.</extracomment>
            <translation>要在这里生成 {member} 的密钥，请在成员中列出它并给出地址：NAME=HOST:PORT。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.same-address</source>
            <extracomment>{member} and {other} have the same address {place}.</extracomment>
            <translation>{member} 与 {other} 的地址相同：{place}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.same-address-hint</source>
            <extracomment>Give each an address, or at least a port, of its own.</extracomment>
            <translation>请为每一个给出自己的地址，至少是自己的端口。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.no-folder</source>
            <extracomment>{folder} is no administrator's folder of a federation.</extracomment>
            <translation>{folder} 不是联邦管理员的文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.no-folder-hint</source>
            <extracomment>Name the folder that TheMain.py federation new made.</extracomment>
            <translation>请指定 TheMain.py federation new 建立的文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.other-key</source>
            <extracomment>{key} is not the key of {authority}.</extracomment>
            <translation>{key} 不是 {authority} 的密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.restore</source>
            <extracomment>Restore the folder from a copy.</extracomment>
            <translation>请从备份恢复该文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.name-taken</source>
            <extracomment>There is a member {name!r} already.</extracomment>
            <translation>已有名为 {name!r} 的成员。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.name-taken-hint</source>
            <extracomment>Choose another name; to give it another address, renew it with --address.</extracomment>
            <translation>请换一个名称；若要更改它的地址，请用 --address 更新它。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.keep-two</source>
            <extracomment>A federation keeps its server and at least 2 parties.</extracomment>
            <translation>联邦必须保留服务器和至少 2 个参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.days</source>
            <extracomment>A certificate is good for 1 to {most} days (got {days}).</extracomment>
            <translation>证书的有效期为 1 到 {most} 天（给出的是 {days}）。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.not-invited</source>
            <extracomment>{member} is not invited to the federation {federation}.</extracomment>
            <translation>{member} 没有被邀请加入联邦 {federation}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.invite</source>
            <extracomment>Invite it first: TheMain.py federation add.</extracomment>
            <translation>请先邀请它：TheMain.py federation add。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.admitted</source>
            <extracomment>{member} is admitted already, with other keys or the same.</extracomment>
            <translation>{member} 已被接纳，密钥相同或不同。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.admitted-hint</source>
            <extracomment>If it made new keys and you asked it on another way, add --replace.</extracomment>
            <translation>如果它换了新密钥，而且您已通过其他途径向它核实，请加上 --replace。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.keys-taken</source>
            <extracomment>The request of {member} has the keys of another member.</extracomment>
            <translation>{member} 的申请使用了另一个成员的密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/administration.py" />
            <source>federation.not-admitted</source>
            <extracomment>{member} is not admitted yet, so it has no certificate to renew.</extracomment>
            <translation>{member} 尚未被接纳，因此没有可以更新的证书。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>kit.restore-key</source>
            <extracomment>Restore the file from a copy, or make new keys: TheMain.py federation join --new-keys.</extracomment>
            <translation>请从备份恢复，或生成新密钥：TheMain.py federation join --new-keys。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>certificate.not-yet</source>
            <extracomment>The certificate of {member} begins to be good at {begins}, and here it is {now}: a clock is wrong.</extracomment>
            <translation>{member} 的证书从 {begins} 起有效，而这里的时间是 {now}：有一个时钟不准。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>certificate.expired</source>
            <extracomment>The certificate of {member} expired at {ends}, and here it is {now}. The administrator renews it: TheMain.py federation renew.</extracomment>
            <translation>{member} 的证书已于 {ends} 过期，而这里的时间是 {now}。由管理员更新：TheMain.py federation renew。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>kit.key-close</source>
            <extracomment>Close it with chmod 600; if somebody may have read it, make new keys: TheMain.py federation join --new-keys.</extracomment>
            <translation>请用 chmod 600 关闭权限；如果可能有人读过它，请生成新密钥：TheMain.py federation join --new-keys。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>kit.no-key</source>
            <extracomment>this is no private key of the kind that a kit has.</extracomment>
            <translation>这不是成员包里那种私钥。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>kit.key-open</source>
            <extracomment>other accounts of this computer can read this private key (mode {mode:04o}).</extracomment>
            <translation>这台计算机的其他账户可以读取这个私钥（权限 {mode:04o}）。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/certificates.py" />
            <source>kit.large-file</source>
            <extracomment>the file is far too large to be one of a kit.</extracomment>
            <translation>文件太大，不可能是成员包里的文件。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.ask</source>
            <extracomment>Ask the administrator of the federation for the file again.</extracomment>
            <translation>请再次向联邦管理员索取该文件。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.not-signed</source>
            <extracomment>the signature does not fit: the file was changed after it was signed.</extracomment>
            <translation>签名不符：文件在签名之后被改动过。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.fingerprint</source>
            <extracomment>the fingerprint of {name} is not that of its certificate.</extracomment>
            <translation>{name} 的指纹不是其证书的指纹。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.other-name</source>
            <extracomment>the certificate of {name} is made out to {other!r}.</extracomment>
            <translation>{name} 的证书写的是 {other!r}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.other-issuer</source>
            <extracomment>the certificate of {name} is not of this federation.</extracomment>
            <translation>{name} 的证书不属于这个联邦。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.binding</source>
            <extracomment>{name} did not sign its identity with the key of its certificate.</extracomment>
            <translation>{name} 没有用其证书的密钥为自己的身份签名。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.no-member</source>
            <extracomment>The federation {federation} has no member {name!r}.</extracomment>
            <translation>联邦 {federation} 没有成员 {name!r}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.members</source>
            <extracomment>Its members are {names}.</extracomment>
            <translation>它的成员为 {names}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.format</source>
            <extracomment>this is no federation file of format {wanted}, the one that this version of the program reads.</extracomment>
            <translation>这不是格式 {wanted} 的联邦文件，本版本的程序只读这种格式。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.update-program</source>
            <extracomment>Use the version of the program that the administrator uses.</extracomment>
            <translation>请使用管理员所用的程序版本。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.other-authority</source>
            <extracomment>it is of the federation {name} with authority {found}, and this kit trusts the authority {wanted}.</extracomment>
            <translation>它属于联邦 {name}，签发机构为 {found}，而这个成员包信任的签发机构是 {wanted}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.other-authority-hint</source>
            <extracomment>Use the file of this kit's own federation.</extracomment>
            <translation>请使用这个成员包自己的联邦的文件。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.names</source>
            <extracomment>its members are not one server and parties with different names.</extracomment>
            <translation>它的成员不是一个服务器和若干名称各异的参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.no-address</source>
            <extracomment>a member of it has no address.</extracomment>
            <translation>其中一个成员没有地址。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.damaged-member</source>
            <extracomment>the certificate or identity of {name} is damaged.</extracomment>
            <translation>{name} 的证书或身份已损坏。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.no-toml</source>
            <extracomment>this is no TOML file: {reason}.</extracomment>
            <translation>这不是 TOML 文件：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.shared-key</source>
            <extracomment>two of its members have the same key.</extracomment>
            <translation>其中两个成员的密钥相同。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.kit-again</source>
            <extracomment>Ask the administrator for the start-up kit again.</extracomment>
            <translation>请再次向管理员索取起始成员包。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.settings</source>
            <extracomment>The settings of the federation {name} cannot be used: {reason}</extracomment>
            <translation>联邦 {name} 的设置无法使用：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.same-version</source>
            <extracomment>All members must use the version of the program that made them.</extracomment>
            <translation>所有成员都必须使用制定这些设置的程序版本。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/federation_file.py" />
            <source>federation-file.no-authority</source>
            <extracomment>this is no certificate of an authority.</extracomment>
            <translation>这不是签发机构的证书。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.unknown-host</source>
            <extracomment>The address of {member} cannot be found: no computer is known as {host} ({reason}). Check the name, and this computer's name service.</extracomment>
            <translation>找不到 {member} 的地址：没有名为 {host} 的计算机（{reason}）。请检查该名称和这台计算机的域名服务。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.unreachable</source>
            <extracomment>{member} cannot be reached at {place}: {reason}.</extracomment>
            <translation>无法通过 {place} 连接 {member}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.alert-expired</source>
            <extracomment>it finds our certificate expired; compare the clocks</extracomment>
            <translation>它认为我方的证书已过期；请核对双方的时钟</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.alert-unknown</source>
            <extracomment>it does not know the authority of our certificate</extracomment>
            <translation>它不认识我方证书的签发机构</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.alert-required</source>
            <extracomment>it got no certificate of ours</extracomment>
            <translation>它没有收到我方的证书</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.broken-off</source>
            <extracomment>The connection to {member} at {place} broke off: {reason}.</extracomment>
            <translation>与 {member}（{place}）的连接中断：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.refused</source>
            <extracomment>Nobody listens at {place}: {member} has not started yet, or listens at another port.</extracomment>
            <translation>{place} 上没有程序在监听：{member} 尚未启动，或在监听别的端口。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.silent</source>
            <extracomment>Nothing answers at {place}: the computer of {member} is off, or a firewall drops what comes to port {port}.</extracomment>
            <translation>{place} 没有回应：{member} 的计算机已关机，或防火墙丢弃了发往端口 {port} 的数据。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.refuses-us</source>
            <extracomment>{member} refuses our certificate: {reason}.</extracomment>
            <translation>{member} 拒绝我方的证书：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.no-tls</source>
            <extracomment>What listens at {place} does not speak TLS: it is another program than the one of {member}.</extracomment>
            <translation>在 {place} 监听的程序不使用 TLS：它不是 {member} 的程序。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.other-authority</source>
            <extracomment>The certificate shown at the address of {member} is of another authority than this federation's (made out to {name!r}).</extracomment>
            <translation>{member} 的地址出示的证书不是由这个联邦的签发机构签发的（证书写的是 {name!r}）。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.other-member</source>
            <extracomment>At the address of {member} answers {name}: two kits, or two addresses, were mixed up.</extracomment>
            <translation>在 {member} 的地址回应的是 {name}：两个成员包或两个地址弄混了。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.other-certificate</source>
            <extracomment>{member} shows another certificate ({shown}) than the one in federation.toml here ({wanted}): one of the two has an old federation.toml.</extracomment>
            <translation>{member} 出示的证书（{shown}）与这里 federation.toml 中的（{wanted}）不同：双方之一的 federation.toml 是旧的。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.port-taken</source>
            <extracomment>Port {port} of this computer, where {member} is to listen, cannot be used: {reason}.</extracomment>
            <translation>这台计算机的端口 {port} 应由 {member} 监听，但无法使用：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/greeting.py" />
            <source>greeting.port-taken-hint</source>
            <extracomment>End the other program that has it, or a session that still runs.</extracomment>
            <translation>请结束占用它的其他程序，或仍在运行的会话。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.again</source>
            <extracomment>Ask the administrator of the federation for the start-up kit again.</extracomment>
            <translation>请再次向联邦管理员索取起始成员包。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.no-folder</source>
            <extracomment>There is no kit {folder}.</extracomment>
            <translation>没有成员包 {folder}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.no-folder-hint</source>
            <extracomment>Name the folder that the administrator of the federation gave you.</extracomment>
            <translation>请指定联邦管理员给您的文件夹。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.other-federation</source>
            <extracomment>{folder} is a kit of another federation than its federation.toml.</extracomment>
            <translation>{folder} 是另一个联邦的成员包，与其中的 federation.toml 不符。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.not-a-member</source>
            <extracomment>{member} is not a member of the federation {federation} (any more).</extracomment>
            <translation>{member} 不是（或不再是）联邦 {federation} 的成员。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.ask-administrator</source>
            <extracomment>Ask the administrator of the federation.</extracomment>
            <translation>请询问联邦管理员。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.catalogue-again</source>
            <extracomment>Ask the administrator for catalogue.csv again.</extracomment>
            <translation>请再次向管理员索取 catalogue.csv。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.not-admitted</source>
            <extracomment>{member} is not admitted to the federation {federation} yet.</extracomment>
            <translation>{member} 尚未被联邦 {federation} 接纳。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.not-admitted-hint</source>
            <extracomment>Run TheMain.py federation join --kit {folder}, send the request to the administrator, and take the new federation.toml: TheMain.py federation update --kit {folder} FILE.</extracomment>
            <translation>请运行 TheMain.py federation join --kit {folder}，把申请发给管理员，然后取用新的 federation.toml：TheMain.py federation update --kit {folder} FILE。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.update-newest</source>
            <extracomment>Ask the administrator for the newest file.</extracomment>
            <translation>请向管理员索取最新的文件。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.no-owner</source>
            <extracomment>it does not say whose kit this is.</extracomment>
            <translation>它没有说明这是谁的成员包。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.other-catalogue</source>
            <extracomment>this is not the catalogue of the federation: it has {found:,} items and digest {digest}, the federation's has {items:,} and {wanted}.</extracomment>
            <translation>这不是联邦的目录：它有 {found:,} 件商品，摘要为 {digest}；联邦的目录有 {items:,} 件，摘要为 {wanted}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.other-key-hint</source>
            <extracomment>Use the kit in which the request was made, or make new keys: TheMain.py federation join --kit {folder} --new-keys.</extracomment>
            <translation>请使用提出申请的那个成员包，或生成新密钥：TheMain.py federation join --kit {folder} --new-keys。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.update-other-federation</source>
            <extracomment>it is of another federation.</extracomment>
            <translation>它属于另一个联邦。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.update-older</source>
            <extracomment>its revision is {found}, and this kit has revision {own} already.</extracomment>
            <translation>它的修订号是 {found}，而这个成员包已有修订号 {own}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/kit.py" />
            <source>kit.other-key</source>
            <extracomment>this key is not the one with which {member} was admitted.</extracomment>
            <translation>这不是 {member} 被接纳时所用的密钥。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.plain</source>
            <extracomment>With the plain aggregator the server reads every party's update.</extracomment>
            <translation>使用明文聚合器时，服务器能读到每个参与方的更新。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.plain-hint</source>
            <extracomment>Choose masked or verified; or, if all agree, add --allow-plain.</extracomment>
            <translation>请选择 masked 或 verified；如果大家都同意，也可加 --allow-plain。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.aggregator</source>
            <extracomment>The aggregator {name} does not work between organisations.</extracomment>
            <translation>聚合器 {name} 不能在机构之间使用。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.aggregator-hint</source>
            <extracomment>Choose masked or verified.</extracomment>
            <translation>请选择 masked 或 verified。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.round-timeout</source>
            <extracomment>A round has no time limit of its own between organisations.</extracomment>
            <translation>在机构之间，一轮没有自己的时间限制。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.round-timeout-hint</source>
            <extracomment>Set how long members wait for each other: --receive-timeout.</extracomment>
            <translation>请设置成员互相等待的时间：--receive-timeout。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.fixed-draw</source>
            <extracomment>A fixed number of users cannot be drawn between organisations: nobody knows how many each party has.</extracomment>
            <translation>在机构之间不能抽取固定数量的用户：没有人知道各参与方有多少用户。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/limits.py" />
            <source>limits.fixed-draw-hint</source>
            <extracomment>Draw each user by chance: --client-sampling poisson.</extracomment>
            <translation>请按概率抽取每个用户：--client-sampling poisson。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/link.py" />
            <source>link.unforeseen</source>
            <extracomment>it failed ({kind}); its log says why.</extracomment>
            <translation>它失败了（{kind}）；原因见它的日志。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/link.py" />
            <source>link.not-connected</source>
            <extracomment>The members did not all connect within {seconds:g} seconds: {reason}</extracomment>
            <translation>成员未能在 {seconds:g} 秒内全部连接：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/link.py" />
            <source>link.not-connected-hint</source>
            <extracomment>TheMain.py federation check says who cannot reach whom.</extracomment>
            <translation>TheMain.py federation check 会说明谁连不上谁。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/link.py" />
            <source>link.silent</source>
            <extracomment>Nothing came from {sender} for {seconds:g} seconds, or the connection broke.</extracomment>
            <translation>{seconds:g} 秒内没有收到 {sender} 的任何消息，或者连接已断开。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/link.py" />
            <source>link.not-signed</source>
            <extracomment>A message that came as {sender}'s is not signed by it in this session.</extracomment>
            <translation>一条以 {sender} 名义到来的消息没有它在本次会话中的签名。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting.py" />
            <source>meeting.too-often</source>
            <extracomment>{sessions} sessions in a row failed; the last: {problem}</extracomment>
            <translation>连续 {sessions} 次会话失败；最后一次：{problem}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting.py" />
            <source>meeting.finished</source>
            <extracomment>The training is finished.</extracomment>
            <translation>训练已完成。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting.py" />
            <source>meeting.stopped</source>
            <extracomment>The server ended the training.</extracomment>
            <translation>服务器结束了训练。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting.py" />
            <source>meeting.gone</source>
            <extracomment>it is gone</extracomment>
            <translation>它不在了</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting.py" />
            <source>meeting.new-life</source>
            <extracomment>its program was started anew</extracomment>
            <translation>它的程序重新启动了</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.tls</source>
            <extracomment>No TLS between {member} and the server at {place}: {reason}.</extracomment>
            <translation>{member} 与位于 {place} 的服务器之间无法建立 TLS：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.tls-hint</source>
            <extracomment>TheMain.py federation check --kit {kit} says which certificate is at fault.</extracomment>
            <translation>TheMain.py federation check --kit {kit} 会说明是哪个证书有问题。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.refused</source>
            <extracomment>The server refuses {member}: {reason}</extracomment>
            <translation>服务器拒绝 {member}：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.refused-hint</source>
            <extracomment>Bring file and program up to date: TheMain.py federation check --kit {kit}.</extracomment>
            <translation>请更新联邦文件和程序：TheMain.py federation check --kit {kit}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.other-member</source>
            <extracomment>{member} was to be reached, but another certificate answers ({shown}).</extracomment>
            <translation>要连接的是 {member}，但应答的是另一个证书（{shown}）。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.other-member-hint</source>
            <extracomment>Check the address of {member} in federation.toml.</extracomment>
            <translation>请检查 federation.toml 中 {member} 的地址。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.closed</source>
            <extracomment>The server at {place} closed the connection without a word: it is ending, or it does not accept the certificate of {member}.</extracomment>
            <translation>位于 {place} 的服务器未作说明就关闭了连接：它正在结束，或者不接受 {member} 的证书。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.unreachable</source>
            <extracomment>The server cannot be reached at {place}: {reason}.</extracomment>
            <translation>无法在 {place} 连接到服务器：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_client.py" />
            <source>meeting.strange-answer</source>
            <extracomment>What answers at {place} is not the server of this federation's program.</extracomment>
            <translation>在 {place} 应答的不是本联邦程序的服务器。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.unknown-certificate</source>
            <extracomment>The certificate {shown} is not in the federation file.</extracomment>
            <translation>证书 {shown} 不在联邦文件中。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.other-file</source>
            <extracomment>{member} has another federation file than the server (revision {revision}): members, catalogue or settings differ.</extracomment>
            <translation>{member} 的联邦文件与服务器的（第 {revision} 版）不同：成员、目录或设置不一致。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.too-long</source>
            <extracomment>A hello of {length:,} bytes is too long.</extracomment>
            <translation>{length:,} 字节的问候太长。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.cannot-listen</source>
            <extracomment>Members cannot meet at {place}: {reason}.</extracomment>
            <translation>成员无法在 {place} 会合：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.cannot-listen-hint</source>
            <extracomment>End what has the port, or name another place.</extracomment>
            <translation>请结束占用该端口的程序，或指定另一个地址。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.no-hello</source>
            <extracomment>This is no hello of a member.</extracomment>
            <translation>这不是成员的问候。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/meeting_place.py" />
            <source>meeting.no-tls</source>
            <extracomment>no TLS of this federation: {reason}</extracomment>
            <translation>不是本联邦的 TLS：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/member_model.py" />
            <source>member.missing</source>
            <extracomment>it is not in this session</extracomment>
            <translation>它不在本次会话中</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/member_model.py" />
            <source>member.sums-need-all</source>
            <extracomment>A run begins with all parties of the federation, and some are missing.</extracomment>
            <translation>一次运行要从联邦的全部参与方开始，而现在有参与方缺席。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/member_worker.py" />
            <source>member.not-opened</source>
            <extracomment>This member's data were not opened yet.</extracomment>
            <translation>该成员的数据尚未打开。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/member_worker.py" />
            <source>member.no-items</source>
            <extracomment>There is no item table of round {round}.</extracomment>
            <translation>没有第 {round} 轮的商品表。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/member_worker.py" />
            <source>member.other-roster</source>
            <extracomment>The parties {names} with threshold {threshold} are not those of this session.</extracomment>
            <translation>参与方 {names}（门限 {threshold}）不是本次会话的参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/member_worker.py" />
            <source>member.other-identity</source>
            <extracomment>{party} shows another identity than the one that its certificate vouches for.</extracomment>
            <translation>{party} 出示的身份不是其证书所担保的身份。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/names.py" />
            <source>members.no-name</source>
            <extracomment>{name!r} cannot be a name here.</extracomment>
            <translation>{name!r} 不能用作这里的名称。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/names.py" />
            <source>members.name-rule</source>
            <extracomment>Use up to 31 small letters (a-z), digits, '-' and '_', a letter first.</extracomment>
            <translation>最多 31 个小写字母（a-z）、数字、“-”和“_”，以字母开头。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/names.py" />
            <source>members.server-is-no-party</source>
            <extracomment>A party cannot be called {name!r}: so the server is called.</extracomment>
            <translation>参与方不能名为 {name!r}：那是服务器的名称。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.settings</source>
            <extracomment>The settings can be used: {model}, {epochs} rounds, {aggregator} aggregation, {parties} parties (digest {digest}).</extracomment>
            <translation>设置可以使用：{model}，{epochs} 轮，聚合方式 {aggregator}，{parties} 个参与方（摘要 {digest}）。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.connected</source>
            <extracomment>{member} answers at {address}, and its certificate is the one in federation.toml.</extracomment>
            <translation>{member} 在 {address} 有回应，其证书就是 federation.toml 中的那一个。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.meeting</source>
            <extracomment>The meeting place {address} can be reached.</extracomment>
            <translation>可以连接会合地址 {address}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.expires-soon</source>
            <extracomment>The certificate expires soon, at {when}: ask the administrator to renew it.</extracomment>
            <translation>证书即将于 {when} 过期：请让管理员更新。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.expires</source>
            <extracomment>The certificate is good until {when}.</extracomment>
            <translation>证书有效期至 {when}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.the-file</source>
            <extracomment>The federation file</extracomment>
            <translation>联邦文件</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.program</source>
            <extracomment>The program is version {version}, as the federation wants it.</extracomment>
            <translation>程序版本为 {version}，与联邦的要求一致。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.memory</source>
            <extracomment>memory</extracomment>
            <translation>内存</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.disk</source>
            <extracomment>disk space</extracomment>
            <translation>磁盘空间</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.in-session</source>
            <extracomment>{member} is at {address} with the right certificate, and does not greet: a session has the port.</extracomment>
            <translation>{member} 在 {address}，证书正确，但没有问候：端口正被会话占用。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.not-known</source>
            <extracomment>{member} does not know our certificate: it has revision {theirs} of federation.toml, here is revision {ours}. Take the newest on both sides: TheMain.py federation update.</extracomment>
            <translation>{member} 不认识我方的证书：它的 federation.toml 修订号是 {theirs}，这里是 {ours}。请双方都取用最新的文件：TheMain.py federation update。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.other-file</source>
            <extracomment>{member} has revision {theirs} of federation.toml, here is revision {ours}: take the newest on both sides.</extracomment>
            <translation>{member} 的 federation.toml 修订号是 {theirs}，这里是 {ours}：请双方都取用最新的文件。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.clock</source>
            <extracomment>The clock of {member} agrees with ours.</extracomment>
            <translation>{member} 的时钟与我方一致。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.clock-ahead</source>
            <extracomment>The clock of {member} is {seconds:.0f} seconds ahead of ours: set both by the network (NTP).</extracomment>
            <translation>{member} 的时钟比我方快 {seconds:.0f} 秒：请双方都通过网络（NTP）校时。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.clock-behind</source>
            <extracomment>The clock of {member} is {seconds:.0f} seconds behind ours: set both by the network (NTP).</extracomment>
            <translation>{member} 的时钟比我方慢 {seconds:.0f} 秒：请双方都通过网络（NTP）校时。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.kit</source>
            <extracomment>The kit of {member} in the federation {federation} is whole: revision {revision} is signed, the keys fit, the catalogue of {items:,} items is the federation's.</extracomment>
            <translation>{member} 在联邦 {federation} 中的成员包完整：修订 {revision} 已签名，密钥相符，{items:,} 件商品的目录就是联邦的目录。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.too-little</source>
            <extracomment>There are {free:.1f} GiB of free {what}, and a member needs about {needed:.1f} GiB beside its own data.</extracomment>
            <translation>可用的{what}有 {free:.1f} GiB，而一个成员除自己的数据外约需 {needed:.1f} GiB。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.enough</source>
            <extracomment>There are {free:.1f} GiB of free {what}; a member needs about {needed:.1f} GiB beside its own data.</extracomment>
            <translation>可用的{what}有 {free:.1f} GiB；一个成员除自己的数据外约需 {needed:.1f} GiB。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.port</source>
            <extracomment>Port {port} is free.</extracomment>
            <translation>端口 {port} 可用。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.other-host</source>
            <extracomment>The certificate is for {hosts}, and the address is {address}: the administrator renews it.</extracomment>
            <translation>证书是为 {hosts} 签发的，而地址是 {address}：请管理员更新证书。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/preflight.py" />
            <source>preflight.invited</source>
            <extracomment>Not admitted yet: {names}.</extracomment>
            <translation>尚未被接纳：{names}。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.join-again</source>
            <extracomment>Have the member run TheMain.py federation join again and send the file.</extracomment>
            <translation>请让该成员再次运行 TheMain.py federation join 并发送文件。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.admitted</source>
            <extracomment>{member} is admitted already.</extracomment>
            <translation>{member} 已被接纳。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.admitted-hint</source>
            <extracomment>To change its keys, add --new-keys.</extracomment>
            <translation>若要更换密钥，请加上 --new-keys。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.one-key</source>
            <extracomment>{folder} has one of {names}, and not the other.</extracomment>
            <translation>{folder} 中有 {names} 之一，缺另一个。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.one-key-hint</source>
            <extracomment>Restore it from a copy, or remove the other to make both anew.</extracomment>
            <translation>请从备份恢复，或删除剩下的那个以便重新生成两者。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.other-federation-hint</source>
            <extracomment>Give the member the start-up kit of this federation.</extracomment>
            <translation>请把这个联邦的起始成员包交给该成员。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.no-address</source>
            <extracomment>The federation does not know yet where {member} will listen.</extracomment>
            <translation>联邦还不知道 {member} 将在哪里监听。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.no-address-hint</source>
            <extracomment>Say at which address the others reach it: --address HOST:PORT.</extracomment>
            <translation>请说明别人连接它时所用的地址：--address HOST:PORT。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.other-federation</source>
            <extracomment>{member} asks to join another federation.</extracomment>
            <translation>{member} 申请加入的是另一个联邦。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.other-key</source>
            <extracomment>its key is of another kind.</extracomment>
            <translation>它的密钥属于别的类型。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.not-signed</source>
            <extracomment>its signatures do not fit: it was changed, or damaged.</extracomment>
            <translation>它的签名不符：文件被改动过或已损坏。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/requests.py" />
            <source>request.none</source>
            <extracomment>this is no request to join a federation.</extracomment>
            <translation>这不是加入联邦的申请。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.same-program</source>
            <extracomment>All members must run the same program: install the version that was agreed.</extracomment>
            <translation>所有成员必须运行相同的程序：请安装商定的版本。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.reached</source>
            <extracomment>The server can be reached again.</extracomment>
            <translation>又能连接到服务器了。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.session</source>
            <extracomment>Session {number}: {parties} go on from round {round}.</extracomment>
            <translation>会话 {number}：{parties} 从第 {round} 轮继续。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.first-session</source>
            <extracomment>Session {number}: {parties} begin.</extracomment>
            <translation>会话 {number}：{parties} 开始。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.over-unknown</source>
            <extracomment>the others go on in another one.</extracomment>
            <translation>其他成员在另一次会话中继续。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.over</source>
            <extracomment>Session {number} is over: {why}</extracomment>
            <translation>会话 {number} 已结束：{why}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.no-server-kit</source>
            <extracomment>The kit {kit} is that of {member}, not the server's.</extracomment>
            <translation>资料包 {kit} 属于 {member}，不是服务器的。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.no-server-kit-hint</source>
            <extracomment>A party runs TheMain.py party --kit {kit} --dataset NAME.</extracomment>
            <translation>参与方运行 TheMain.py party --kit {kit} --dataset NAME。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/supervisor.py" />
            <source>member.process-died</source>
            <extracomment>{member}: the process of the session died ({code}).</extracomment>
            <translation>{member}：会话进程已终止（{code}）。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/trial.py" />
            <source>trial.no-ports</source>
            <extracomment>No ports are free on this computer.</extracomment>
            <translation>这台电脑上没有空闲的端口。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/trial.py" />
            <source>trial.failed</source>
            <extracomment>The trial failed: {reason}</extracomment>
            <translation>试运行失败：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/wire.py" />
            <source>link.unknown-class</source>
            <extracomment>{sender} sent an object of {name}, which no message of the protocol has. It was not built.</extracomment>
            <translation>{sender} 发来了 {name} 的对象，协议的任何消息都没有它。它没有被构建。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/wire.py" />
            <source>link.unknown-class-hint</source>
            <extracomment>Ask that member what it runs.</extracomment>
            <translation>请询问该成员运行的是什么。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/wire.py" />
            <source>link.no-message</source>
            <extracomment>{sender} sent bytes that are no message.</extracomment>
            <translation>{sender} 发来的字节不是消息。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/wire.py" />
            <source>link.too-long</source>
            <extracomment>{sender} sent a message of {length:,} bytes; at most {most:,} are allowed.</extracomment>
            <translation>{sender} 发来了 {length:,} 字节的消息；最多允许 {most:,} 字节。</translation>
        </message>
        <message>
            <location filename="../../fl/organisations/wire.py" />
            <source>link.lengths</source>
            <extracomment>{sender} sent a message of {length:,} bytes that says it has {said:,}.</extracomment>
            <translation>{sender} 发来了 {length:,} 字节的消息，而它自称有 {said:,} 字节。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/accountant.py" />
            <source>privacy.rounds-cannot-stay-within</source>
            <extracomment>{rounds} rounds cannot stay within epsilon {epsilon:g} at delta {delta:g}.</extracomment>
            <translation>{rounds} 轮无法在 delta {delta:g} 下保持在 epsilon {epsilon:g} 之内。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/accountant.py" />
            <source>privacy.train-fewer-rounds-allow</source>
            <extracomment>Train fewer rounds, or allow a larger epsilon.</extracomment>
            <translation>请减少训练轮数，或允许更大的 epsilon。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/budget.py" />
            <source>privacy.round-raise-epsilon-above</source>
            <extracomment>Another round would raise epsilon to {next_one:.3g}, above the target of {target:g}.</extracomment>
            <translation>再训练一轮会使 epsilon 升至 {next_one:.3g}，超过目标 {target:g}。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/budget.py" />
            <source>privacy.choose-larger-target-more</source>
            <extracomment>Choose a larger target or more noise.</extracomment>
            <translation>请选择更大的目标或更多噪声。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/budget.py" />
            <source>privacy.account-mechanism-differ</source>
            <extracomment>{path} is the account of another mechanism ({different} differ).</extracomment>
            <translation>{path} 是另一种机制的账目（{different} 不同）。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/budget.py" />
            <source>privacy.resume-run-settings-began</source>
            <extracomment>Resume a run with the settings it began with.</extracomment>
            <translation>请用开始时的设置继续该运行。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/settings.py" />
            <source>privacy.damaged-hold-account-run</source>
            <extracomment>{path} is damaged: it should hold the account of this run.</extracomment>
            <translation>{path} 已损坏：其中应为该运行的隐私账目。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/settings.py" />
            <source>privacy.delta-below-1-users</source>
            <extracomment>Delta is {delta:g}, but must be below 1 / {n_users} users = {n_users_2:.2g}: a mechanism that publishes one user in full would pass otherwise.</extracomment>
            <translation>Delta 为 {delta:g}，但必须低于 1 / {n_users} 个用户 = {n_users_2:.2g}：否则完整公布一个用户的机制也能通过。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/settings.py" />
            <source>privacy.aggregator-gives-sums</source>
            <extracomment>The aggregator gives out sums of {helpers} parties; if {dp_colluding} of them collude, nobody is left to add noise.</extracomment>
            <translation>该聚合器给出 {helpers} 个参与方的总和；如果其中 {dp_colluding} 个串通，就没有谁来添加噪声了。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/settings.py" />
            <source>privacy.count-most-colluding</source>
            <extracomment>Count with at most {helpers} colluding parties, or use more parties.</extracomment>
            <translation>请按至多 {helpers} 个串通的参与方计算，或使用更多参与方。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/settings.py" />
            <source>privacy.round-alone-costs-epsilon</source>
            <extracomment>One round alone costs epsilon {first:.3g}, more than the privacy budget of {target_epsilon:g}.</extracomment>
            <translation>仅一轮就消耗 epsilon {first:.3g}，超过隐私预算 {target_epsilon:g}。</translation>
        </message>
        <message>
            <location filename="../../fl/privacy/settings.py" />
            <source>privacy.raise-noise-multiplier-0</source>
            <extracomment>Raise the noise multiplier, or set it to 0 to have it found.</extracomment>
            <translation>请提高噪声倍数，或设为 0 由程序求出。</translation>
        </message>
        <message>
            <location filename="../../fl/program.py" />
            <source>program.other-version</source>
            <extracomment>{whose} has version {theirs} of the program, here runs {ours}.</extracomment>
            <translation>{whose}的程序版本是 {theirs}，这里运行的是 {ours}。</translation>
        </message>
        <message>
            <location filename="../../fl/program.py" />
            <source>program.other-lock</source>
            <extracomment>{whose} has another lock file (requirements.txt {theirs}, here {ours}), so libraries may differ.</extracomment>
            <translation>{whose}的锁定文件不同（requirements.txt {theirs}，这里是 {ours}），因此所用的库可能不同。</translation>
        </message>
        <message>
            <location filename="../../fl/program.py" />
            <source>program.install-again</source>
            <extracomment>The program's own files are damaged: install it again.</extracomment>
            <translation>程序自身的文件已损坏：请重新安装。</translation>
        </message>
        <message>
            <location filename="../../fl/program.py" />
            <source>program.other-code</source>
            <extracomment>{whose} has version {version} of the program too, but its files differ from those here.</extracomment>
            <translation>{whose}的程序版本也是 {version}，但其文件与这里的不同。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.ask-again</source>
            <extracomment>Ask for the file again, as `runs export` or the list of runs writes it.</extracomment>
            <translation>请对方用 `runs export` 或运行列表重新导出文件。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.no-run</source>
            <extracomment>{path} is no exported run: {reason}.</extracomment>
            <translation>{path} 不是导出的运行：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.no-name</source>
            <extracomment>The run in the file has no name that a folder can have.</extracomment>
            <translation>文件中的运行没有可作为文件夹的名称。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.give-name</source>
            <extracomment>Give it one.</extracomment>
            <translation>请给它一个名称。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.no-config</source>
            <extracomment>it holds no {name}</extracomment>
            <translation>其中没有 {name}</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.names</source>
            <extracomment>it holds too many files, or one twice</extracomment>
            <translation>其中文件过多，或有重复的文件</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.grows</source>
            <extracomment>it would grow to {bytes} bytes</extracomment>
            <translation>解压后将达到 {bytes} 字节</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.no-space</source>
            <extracomment>The run in {path} takes {bytes} bytes, and there are {free} left on this disk.</extracomment>
            <translation>{path} 中的运行需要 {bytes} 字节，而磁盘只剩 {free} 字节。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.not-whole</source>
            <extracomment>The run in {path} is not whole.</extracomment>
            <translation>{path} 中的运行不完整。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.no-file</source>
            <extracomment>There is no file {path}.</extracomment>
            <translation>没有文件 {path}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.damaged</source>
            <extracomment>it is damaged, or no archive ({error})</extracomment>
            <translation>它已损坏，或不是归档文件（{error}）</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.odd</source>
            <extracomment>{name} in it is no file of a run</extracomment>
            <translation>其中的 {name} 不是运行的文件</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archive.py" />
            <source>archive.lies</source>
            <extracomment>{name} in it is longer than it says</extracomment>
            <translation>其中的 {name} 比声明的更长</translation>
        </message>
        <message>
            <location filename="../../fl/runs/archived_run.py" />
            <source>archive.nothing</source>
            <extracomment>Run '{run}' cannot be passed on: {reason}.</extracomment>
            <translation>运行“{run}”不能传给他人：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/extent.py" />
            <source>run.no-private-parts</source>
            <extracomment>Run '{run}' is here without its private parts.</extracomment>
            <translation>运行“{run}”在本机不含私有部分。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/extent.py" />
            <source>run.no-private-parts-hint</source>
            <extracomment>What its users had and their own models stayed where it was trained. Here are its figures, its report and lists for new users and baskets.</extracomment>
            <translation>用户选择过的内容和他们各自的模型留在训练之处。这里有其指标、报告，以及新用户和购物篮的列表。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/kept.py" />
            <source>kept.genres</source>
            <extracomment>Genres: {genres}.</extracomment>
            <translation>类型：{genres}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/kept.py" />
            <source>kept.no-genre</source>
            <extracomment>No item of '{data}' has the genre '{genre}'.</extracomment>
            <translation>“{data}”中没有类型为“{genre}”的商品。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/left_out.py" />
            <source>run.figures-of-some</source>
            <extracomment>These figures cover {users} users: {parties} dropped out, and the users there are in none of them. Evaluating the run asks all parties again and gives other figures.</extracomment>
            <translation>这些指标覆盖 {users} 个用户：{parties} 已退出，其用户不在任何一项指标中。对该运行进行评估会重新询问所有参与方，并得到不同的指标。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/left_out.py" />
            <source>run.validated-on-some</source>
            <extracomment>The validation figures leave out the users of {parties}, which dropped out.</extracomment>
            <translation>验证指标不含 {parties} 的用户，因为其已退出。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/names.py" />
            <source>run.cannot-make-run-folder</source>
            <extracomment>Cannot make a run folder in {runs}: {reason}.</extracomment>
            <translation>无法在 {runs} 中建立运行文件夹：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/names.py" />
            <source>run.exists</source>
            <extracomment>A run called '{name}' exists already.</extracomment>
            <translation>已经有名为“{name}”的运行。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/names.py" />
            <source>run.cannot-name-run</source>
            <extracomment>'{name}' cannot be the name of a run.</extracomment>
            <translation>“{name}”不能用作运行名称。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/names.py" />
            <source>run.use-letters-digits-space</source>
            <extracomment>Use letters, digits, space, dot, dash and underscore, beginning with a letter or digit.</extracomment>
            <translation>请使用字母、数字、空格、点、连字符和下划线，以字母或数字开头。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/notes.py" />
            <source>run.note-too-long</source>
            <extracomment>A note may have {most} characters; this one has {n}.</extracomment>
            <translation>备注最多 {most} 个字符；这条有 {n} 个。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/private_files.py" />
            <source>run.written-version-program</source>
            <extracomment>It was written by another version of the program.</extracomment>
            <translation>它是由另一个版本的程序写入的。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/private_files.py" />
            <source>run.train-run-again</source>
            <extracomment>Train the run again.</extracomment>
            <translation>请重新训练该运行。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/private_files.py" />
            <source>private-files.of-others</source>
            <extracomment>{path} is of other users.</extracomment>
            <translation>{path} 属于其他用户。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/round_lines.py" />
            <source>run.line-not-json-record</source>
            <extracomment>{path}, line {number}: not a JSON record.</extracomment>
            <translation>{path} 第 {number} 行：不是 JSON 记录。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/round_lines.py" />
            <source>run.line-not-record-round</source>
            <extracomment>{path}, line {number}: not the record of a round.</extracomment>
            <translation>{path} 第 {number} 行：不是一轮的记录。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.known-runs</source>
            <extracomment>Known runs: {names}.</extracomment>
            <translation>已有的运行：{names}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.train-one</source>
            <extracomment>Train one first.</extracomment>
            <translation>请先训练一个。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.no-run</source>
            <extracomment>There is no run called '{name}'.</extracomment>
            <translation>没有名为“{name}”的运行。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.written-version</source>
            <extracomment>Run '{name}' was written by another version of SecretRec (format {found}, this one reads {format}).</extracomment>
            <translation>运行“{name}”由另一个版本的 SecretRec 写入（格式 {found}，本版本读取 {format}）。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.use-version-train-again</source>
            <extracomment>Use that version, or train again.</extracomment>
            <translation>请使用那个版本，或重新训练。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.damaged-holds-no-settings</source>
            <extracomment>{path} is damaged: it holds no settings of a run.</extracomment>
            <translation>{path} 已损坏：其中没有运行的设置。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.being-trained</source>
            <extracomment>Run '{name}' is being trained.</extracomment>
            <translation>运行“{name}”正在训练。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.wait-or-stop</source>
            <extracomment>Wait for it, or stop it.</extracomment>
            <translation>请等它结束，或停止它。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.lock-hint</source>
            <extracomment>Check permissions of the folder.</extracomment>
            <translation>请检查该文件夹的权限。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/run_folder.py" />
            <source>run.no-round</source>
            <extracomment>no round was finished</extracomment>
            <translation>没有完成任何一轮</translation>
        </message>
        <message>
            <location filename="../../fl/runs/seals.py" />
            <source>run.restore</source>
            <extracomment>Restore it from a copy, or train again.</extracomment>
            <translation>请从备份恢复，或重新训练。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/seals.py" />
            <source>run.evaluate-run-again</source>
            <extracomment>Evaluate the run again.</extracomment>
            <translation>请重新评估该运行。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/seals.py" />
            <source>run.line-not-as-written</source>
            <extracomment>{name}, line {line}, of run '{run}' is damaged: it is not as it was written.</extracomment>
            <translation>运行“{run}”的 {name} 第 {line} 行已损坏：与写入时不同。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/seals.py" />
            <source>run.not-as-written</source>
            <extracomment>{name} of run '{run}' is damaged: it is not as it was written.</extracomment>
            <translation>运行“{run}”的 {name} 已损坏：与写入时不同。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/seals.py" />
            <source>run.other-parties</source>
            <extracomment>Users of the other parties still get their lists.</extracomment>
            <translation>其他参与方的用户仍可获得推荐列表。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/seals.py" />
            <source>run.other-rounds</source>
            <extracomment>Other rounds are kept ({rounds}): resuming the run goes on from the newest that is whole.</extracomment>
            <translation>还保留着其他轮次（{rounds}）：继续该运行时会从其中最新的完好轮次开始。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.free-space</source>
            <extracomment>Free some space.</extracomment>
            <translation>请腾出一些空间。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.damaged</source>
            <extracomment>{path} is damaged.</extracomment>
            <translation>{path} 已损坏。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.cannot-read</source>
            <extracomment>Run '{run}' cannot be read: {reason}</extracomment>
            <translation>无法读取运行“{run}”：{reason}</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.no-finished-round</source>
            <extracomment>Run '{run}' has no finished round.</extracomment>
            <translation>运行“{run}”还没有完成任何一轮。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.file-missing</source>
            <extracomment>{path} is missing: the run folder is incomplete.</extracomment>
            <translation>缺少 {path}：运行文件夹不完整。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.no-object</source>
            <extracomment>{path} is damaged: it should hold an object.</extracomment>
            <translation>{path} 已损坏：其中应为一个对象。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.free-space-check</source>
            <extracomment>Free some space or check permissions.</extracomment>
            <translation>请腾出一些空间，或检查权限。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/storage.py" />
            <source>run.not-finite</source>
            <extracomment>{path} is damaged: {name} holds no finite numbers.</extracomment>
            <translation>{path} 已损坏：{name} 中有非有限的数值。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/sweeps.py" />
            <source>sweep.no-sweep</source>
            <extracomment>There is no sweep called '{name}'.</extracomment>
            <translation>没有名为“{name}”的参数扫描。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/sweeps.py" />
            <source>sweep.other-settings</source>
            <extracomment>A sweep called '{name}' exists and has other settings.</extracomment>
            <translation>已有名为“{name}”的参数扫描，且设置不同。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/sweeps.py" />
            <source>sweep.other-settings-hint</source>
            <extracomment>To go on with it, give nothing but its name; else choose another one.</extracomment>
            <translation>要继续它，请只给出名称；否则请换一个名称。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/sweeps.py" />
            <source>sweep.run-exists</source>
            <extracomment>A run called '{run}' exists already, and is none of this sweep.</extracomment>
            <translation>已有名为“{run}”的运行，且不属于这个参数扫描。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/sweeps.py" />
            <source>sweep.run-exists-hint</source>
            <extracomment>Choose another name for the sweep.</extracomment>
            <translation>请为参数扫描换一个名称。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/sweeps.py" />
            <source>sweep.known</source>
            <extracomment>Known sweeps: {names}.</extracomment>
            <translation>已有的参数扫描：{names}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/upkeep.py" />
            <source>run.cannot-delete</source>
            <extracomment>Run '{run}' cannot be deleted: {path}: {reason}.</extracomment>
            <translation>运行“{run}”无法删除：{path}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/upkeep.py" />
            <source>run.cannot-delete-hint</source>
            <extracomment>Check permissions of the folder, or delete it by hand.</extracomment>
            <translation>请检查文件夹的权限，或手动删除。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/upkeep.py" />
            <source>run.cannot-renamed</source>
            <extracomment>Run '{old}' cannot be renamed: {reason}.</extracomment>
            <translation>无法重命名运行“{old}”：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/wholeness.py" />
            <source>run.deleted</source>
            <extracomment>The folder of run '{name}' was deleted: it ends here.</extracomment>
            <translation>运行“{name}”的文件夹已被删除：运行到此结束。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/wholeness.py" />
            <source>run.rounds-missing</source>
            <extracomment>metrics.jsonl of run '{run}' is cut short: it holds {found} rounds, and there were at least {had}.</extracomment>
            <translation>运行“{run}”的 metrics.jsonl 被截短：其中有 {found} 轮，而原先至少有 {had} 轮。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/wholeness.py" />
            <source>run.link</source>
            <extracomment>{path} is a symbolic link; a run folder must hold its own files.</extracomment>
            <translation>{path} 是符号链接；运行文件夹必须存放自己的文件。</translation>
        </message>
        <message>
            <location filename="../../fl/runs/wholeness.py" />
            <source>run.link-hint</source>
            <extracomment>Put a copy of the files in its place.</extracomment>
            <translation>请用文件的副本替换它。</translation>
        </message>
        <message>
            <location filename="../../fl/service/app.py" />
            <source>serve.see-paths</source>
            <extracomment>GET /docs says what there is.</extracomment>
            <translation>GET /docs 列出了所有可用的路径。</translation>
        </message>
        <message>
            <location filename="../../fl/service/app.py" />
            <source>serve.busy</source>
            <extracomment>Too many requests wait already; try again in a moment.</extracomment>
            <translation>等待的请求已经太多；请稍后再试。</translation>
        </message>
        <message>
            <location filename="../../fl/service/app.py" />
            <source>serve.late</source>
            <extracomment>No list was ready within {seconds} s.</extracomment>
            <translation>{seconds} 秒内没有得到列表。</translation>
        </message>
        <message>
            <location filename="../../fl/service/app.py" />
            <source>serve.no-path</source>
            <extracomment>There is nothing at {path}.</extracomment>
            <translation>{path} 处什么也没有。</translation>
        </message>
        <message>
            <location filename="../../fl/service/app.py" />
            <source>serve.no-method</source>
            <extracomment>{path} is not for {method}.</extracomment>
            <translation>{path} 不接受 {method}。</translation>
        </message>
        <message>
            <location filename="../../fl/service/app.py" />
            <source>serve.see-docs</source>
            <extracomment>GET /docs says what can be asked.</extracomment>
            <translation>GET /docs 说明了可以请求什么。</translation>
        </message>
        <message>
            <location filename="../../fl/service/limits.py" />
            <source>serve.token</source>
            <extracomment>This needs the header 'Authorization: Bearer TOKEN' with the service's token.</extracomment>
            <translation>需要带有本服务令牌的请求头 “Authorization: Bearer TOKEN”。</translation>
        </message>
        <message>
            <location filename="../../fl/service/limits.py" />
            <source>serve.too-large</source>
            <extracomment>The body is larger than {most} bytes.</extracomment>
            <translation>请求体大于 {most} 字节。</translation>
        </message>
        <message>
            <location filename="../../fl/service/limits.py" />
            <source>serve.too-slow</source>
            <extracomment>The body did not come within {seconds} s.</extracomment>
            <translation>请求体没有在 {seconds} 秒内到达。</translation>
        </message>
        <message>
            <location filename="../../fl/service/served_run.py" />
            <source>serve.no-user</source>
            <extracomment>Run '{run}' has no user '{user}' here.</extracomment>
            <translation>运行 “{run}” 在这里没有用户 “{user}”。</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.token-close</source>
            <extracomment>Close it with chmod 600.</extracomment>
            <translation>用 chmod 600 收紧权限。</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.token-example</source>
            <extracomment>For example {example}</extracomment>
            <translation>例如 {example}</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.no-place</source>
            <extracomment>Cannot listen at {host}, port {port}: {reason}.</extracomment>
            <translation>无法在 {host} 的端口 {port} 上监听：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.choose-place</source>
            <extracomment>Choose another with --host or --port; --port 0 takes a free one.</extracomment>
            <translation>用 --host 或 --port 另选一个；--port 0 会取一个空闲端口。</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.token-open</source>
            <extracomment>other accounts of this computer can read this token.</extracomment>
            <translation>本机的其他账户可以读取此令牌。</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.token-weak</source>
            <extracomment>a token is one word of at least {n} characters.</extracomment>
            <translation>令牌须是至少 {n} 个字符、不含空格的一个词。</translation>
        </message>
        <message>
            <location filename="../../fl/service/start.py" />
            <source>serve.no-certificate</source>
            <extracomment>{certificate} and {key} cannot be used for TLS: {reason}.</extracomment>
            <translation>{certificate} 和 {key} 不能用于 TLS：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/addresses.py" />
            <source>members.host-for-nobody</source>
            <extracomment>{host} is no address that others can connect to. Give the one they reach this member at.</extracomment>
            <translation>{host} 不是别人可以连接的地址。请给出别人连接该成员时所用的地址。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/addresses.py" />
            <source>members.no-address</source>
            <extracomment>{text!r} is no address.</extracomment>
            <translation>{text!r} 不是地址。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/addresses.py" />
            <source>members.address-rule</source>
            <extracomment>Write HOST:PORT, for example alice.example.org:9500 or [2001:db8::7]:9500.</extracomment>
            <translation>请写成 HOST:PORT，例如 alice.example.org:9500 或 [2001:db8::7]:9500。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/addresses.py" />
            <source>members.no-port</source>
            <extracomment>{text!r}: the port must be a number from {lowest} to {highest}.</extracomment>
            <translation>{text!r}：端口必须是 {lowest} 到 {highest} 之间的数字。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/addresses.py" />
            <source>members.no-host</source>
            <extracomment>{host!r} is neither the name of a computer nor an IP address.</extracomment>
            <translation>{host!r} 既不是计算机名也不是 IP 地址。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_costs.py" />
            <source>aggregator.heu-cost</source>
            <extracomment>Homomorphic encryption adds about {seconds:.1f} s to a round and sends {megabytes:.1f} MB from each party, {times:.1f} times the plain update.</extracomment>
            <translation>同态加密使每轮约多用 {seconds:.1f} 秒，每个参与方发送 {megabytes:.1f} MB，是明文更新的 {times:.1f} 倍。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_costs.py" />
            <source>settings.table-too-large</source>
            <extracomment>Homomorphic encryption of {values:,} values would take about {seconds:.0f} s and {size:.0f} MB from each party every round; at most {most:,} values are taken.</extracomment>
            <translation>对 {values:,} 个数值做同态加密，每轮每个参与方约需 {seconds:.0f} 秒和 {size:.0f} MB；最多接受 {most:,} 个数值。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_costs.py" />
            <source>aggregator.spu-cost</source>
            <extracomment>The SPU sends {megabytes:.1f} MB of shares from a party in a round, {times} times the plain update.</extracomment>
            <translation>SPU 每轮从一个参与方发送 {megabytes:.1f} MB 的分享，是明文更新的 {times} 倍。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>readers.nobody</source>
            <extracomment>nobody; the server learns sums</extracomment>
            <translation>无人；服务器只得知总和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>readers.server</source>
            <extracomment>the server</extracomment>
            <translation>服务器</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.two-parties</source>
            <extracomment>With two parties, each can work out the other's part by taking its own from the sum.</extracomment>
            <translation>只有两个参与方时，每一方都能从总和中减去自己的部分，算出另一方的部分。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.masked</source>
            <extracomment>The server sees uniform noise from each party and learns only sums over at least {threshold} of {parties} parties. It learns one party's part only if it colludes with {colluders} of the others.</extracomment>
            <translation>服务器从每个参与方看到的都是均匀噪声，只得知至少 {threshold} 个（共 {parties} 个）参与方的总和。只有与另外 {colluders} 个参与方串通，它才能得知某一方的部分。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.verified</source>
            <extracomment>Every party adds up what the parties sent itself, counts included, and notices any other sum, whoever helps the server. What the server does with the sum afterwards is not checked.</extracomment>
            <translation>每个参与方都自己把各方所发送的内容（包括计数）相加，无论谁帮助服务器，任何别的总和都会被发现。服务器之后如何使用总和不在核对之列。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.secure</source>
            <extracomment>The server sees masked updates and learns only their sum over the parties, unless it colludes with all parties but one.</extracomment>
            <translation>服务器看到的是加了掩码的更新，只得知各参与方的总和，除非它与除一方之外的所有参与方串通。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.spu-aby3</source>
            <extracomment>party-1, party-2 and party-3 add secret shares of every party's update and the server is shown the sum alone. Reading one party's part takes two of them together. All are taken to follow the protocol.</extracomment>
            <translation>party-1、party-2 和 party-3 对每个参与方更新的秘密分享求和，服务器只看到总和。其中两方串通才能读取某一方的部分。假定各方都遵守协议。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.heu</source>
            <extracomment>The server sees ciphertexts and adds them; party-1, which holds the secret key, decrypts only the sum. The server learns one party's part if it colludes with party-1, or cheats and has it decrypt a single ciphertext.</extracomment>
            <translation>服务器看到密文并对其求和；持有私钥的 party-1 只解密总和。若服务器与 party-1 串通，或作弊让它解密单个密文，服务器就能得知某一方的部分。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.robust-trimmed-mean</source>
            <extracomment>The server reads every party's update in plain, to outvote poisoned ones: the trimmed mean over parties bounds what fewer than {beyond} of {parties} can do.</extracomment>
            <translation>为压过投毒的参与方，服务器以明文读取每个参与方的更新：各参与方的截尾均值限制了少于 {beyond} 个（共 {parties} 个）参与方所能造成的影响。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.plain</source>
            <extracomment>The server reads every party's update in plain.</extracomment>
            <translation>服务器以明文读取每个参与方的更新。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.spu-semi2k</source>
            <extracomment>party-1 and party-2 add secret shares of every party's update and the server is shown the sum alone. Reading one party's part takes both of them together. All are taken to follow the protocol.</extracomment>
            <translation>party-1 和 party-2 对每个参与方更新的秘密分享求和，服务器只看到总和。两者串通才能读取某一方的部分。假定各方都遵守协议。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>aggregator.robust-median</source>
            <extracomment>The server reads every party's update in plain, to outvote poisoned ones: the median over parties bounds what fewer than {beyond} of {parties} can do.</extracomment>
            <translation>为压过投毒的参与方，服务器以明文读取每个参与方的更新：各参与方的中位数限制了少于 {beyond} 个（共 {parties} 个）参与方所能造成的影响。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>settings.too-few-for-aby3</source>
            <extracomment>the aggregator spu with {protocol} computes among {least} parties. Raise the number of parties, or choose semi2k</extracomment>
            <translation>聚合器 spu 使用 {protocol} 时在 {least} 个参与方之间计算。请增加参与方数，或选择 semi2k</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>settings.too-few-for-spu</source>
            <extracomment>the aggregator spu with {protocol} computes among {least} parties. Raise the number of parties</extracomment>
            <translation>聚合器 spu 使用 {protocol} 时在 {least} 个参与方之间计算。请增加参与方数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>settings.spu-in-process</source>
            <extracomment>in one process SecretFlow replaces its SPU by a plain computation. Choose the runtime simulation, or another aggregator</extracomment>
            <translation>在单进程中，SecretFlow 会用普通计算代替 SPU。请选择模拟运行方式，或另一个聚合器</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>settings.spu-on-a-cluster</source>
            <extracomment>the links of SecretFlow's SPU are neither encrypted nor closed to others, so they stay on one computer. Choose the runtime simulation, or another aggregator</extracomment>
            <translation>SecretFlow SPU 的连接既不加密也不对他人关闭，因此只在一台计算机上使用。请选择模拟运行方式，或另一个聚合器</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>settings.too-few-for-robust</source>
            <extracomment>a robust aggregate needs at least 3 parties: among 2, nobody can be outvoted. Raise the number of parties</extracomment>
            <translation>稳健聚合至少需要 3 个参与方：只有 2 个时，谁也无法被多数否决。请增加参与方数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregator_words.py" />
            <source>settings.trim-fraction</source>
            <extracomment>the trim fraction {fraction:g} of {parties} parties leaves out {out} at each end; it must leave out at least 1 and keep at least 1. Choose another trim fraction</extracomment>
            <translation>{parties} 个参与方的裁剪比例 {fraction:g} 在两端各去掉 {out} 个；至少要去掉 1 个并保留 1 个。请选择其他裁剪比例</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregators.py" />
            <source>settings.too-few-for-secure</source>
            <extracomment>secure aggregation needs at least 2 parties: with 1, the sum is that party's own update. Raise the number of parties, or choose the plain aggregator</extracomment>
            <translation>安全聚合至少需要 2 个参与方：只有 1 个时，总和就是这一方自己的更新。请增加参与方，或选择明文聚合</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregators.py" />
            <source>readers.spu</source>
            <extracomment>nobody; shares go to the computing parties, the server learns sums</extracomment>
            <translation>无人；分享发给计算方，服务器只得知总和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregators.py" />
            <source>readers.heu</source>
            <extracomment>party-1, which has the key, if it were sent there; the server learns sums</extracomment>
            <translation>持有密钥的 party-1（若发给它）；服务器只得知总和</translation>
        </message>
        <message>
            <location filename="../../fl/settings/aggregators.py" />
            <source>settings.choose-aggregator-masked</source>
            <extracomment>Choose the aggregator masked, or a smaller dim.</extracomment>
            <translation>请选择聚合方式 masked，或更小的维度。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/base.py" />
            <source>settings.no-folder-name</source>
            <extracomment>use letters, digits, space, dot, dash and underscore, beginning with a letter or digit</extracomment>
            <translation>请使用字母、数字、空格、点、短横线和下划线，并以字母或数字开头</translation>
        </message>
        <message>
            <location filename="../../fl/settings/compare.py" />
            <source>settings.run-twice</source>
            <extracomment>each run can be named once</extracomment>
            <translation>每个运行只能出现一次</translation>
        </message>
        <message>
            <location filename="../../fl/settings/compare.py" />
            <source>settings.nothing-compare-give</source>
            <extracomment>Nothing to compare: give --models, --baselines, or both.</extracomment>
            <translation>没有可比较的：请给出 --models、--baselines 或两者。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/compare.py" />
            <source>settings.names-not-among-models</source>
            <extracomment>--set names {strange}, which is not among the models compared.</extracomment>
            <translation>--set 指的是 {strange}，它不在所比较的模型之中。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/compare.py" />
            <source>settings.write-model-setting-value</source>
            <extracomment>--set {text}: write MODEL.SETTING=VALUE, for example pfedrec.dim=16.</extracomment>
            <translation>--set {text}：请写成 MODEL.SETTING=VALUE，例如 pfedrec.dim=16。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/compare.py" />
            <source>settings.same-everything-compared</source>
            <extracomment>--set {text}: {setting} must be the same for everything compared.</extracomment>
            <translation>--set {text}：{setting} 对所有比较对象必须相同。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-smaller-uploads</source>
            <extracomment>upload bits, row fraction: only the aggregators {others} and {last} can sum smaller updates. Choose one of them, or 32 bits and all rows</extracomment>
            <translation>发送位数、发送比例：只有聚合方式 {others} 和 {last} 能对更小的更新求和。请选择其中之一，或使用 32 位和全部商品</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.few-bits-with-noise</source>
            <extracomment>upload bits: with differential privacy each party's noise would be rounded before it is summed, and epsilon would not hold. Choose 32 bits; the row fraction may stay</extracomment>
            <translation>上传位数：使用差分隐私时，各方的噪声会在求和前被舍入，ε 将不成立。请选择 32 位；行比例可以保留</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-such-items</source>
            <extracomment>{model} has no {view} items to score with. Choose auto or {views}</extracomment>
            <translation>{model} 没有可用来打分的{view}商品嵌入。请选择 auto 或 {views}</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.gradient-by-samples</source>
            <extracomment>averaging by samples does not apply to {model}, whose gradients are divided by the weights of the items. Choose uniform</extracomment>
            <translation>按样本数平均不适用于 {model}：其梯度按商品权重相除。请选择“均匀”</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.clients-not-whole</source>
            <extracomment>clients per round: above 1 it is a number of users, which must be whole (got {number})</extracomment>
            <translation>每轮用户：大于 1 时是用户数，必须是整数（现为 {number}）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-curvature</source>
            <extracomment>server optimiser secant: it reads the curvature off the gradients of users who are solved exactly, and {model} sends none. Choose fedavg or fedadam</extracomment>
            <translation>服务器优化器 secant：它从精确求解的用户的梯度中读出曲率，而 {model} 不发送这样的梯度。请选择 fedavg 或 fedadam</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-curvature-in-rounding</source>
            <extracomment>server optimiser secant: with a regularisation below {least}, rounding hides the curvature that it reads off the sum. Choose a larger one, or fedadam</extracomment>
            <translation>服务器优化器 secant：正则化低于 {least} 时，舍入误差会掩盖它从总和中读出的曲率。请选择更大的值，或选择 fedadam</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-curvature-in-noise</source>
            <extracomment>server optimiser secant: with differential privacy the noise hides the curvature that it reads off the sum. Choose fedavg</extracomment>
            <translation>服务器优化器 secant：使用差分隐私时，噪声会掩盖它从总和中读出的曲率。请选择 fedavg</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-curvature-in-a-part</source>
            <extracomment>server optimiser secant: a part of the items' rows does not tell the curvature, and its few rounds send less than a part of many. Choose row fraction 1, or fedadam</extracomment>
            <translation>服务器优化器 secant：只发送一部分商品的行看不出曲率，而它所需的轮次很少，总共发送的反而更少。请把每轮发送的商品比例设为 1，或选择 fedadam</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.private-tables</source>
            <extracomment>differential privacy: noise in the {n} numbers that {model} sends of each item would leave nothing of the order of items. Choose {other}, or weight of the order 0</extracomment>
            <translation>差分隐私：{model} 每个商品要发送 {n} 个数，其中的噪声会淹没商品的先后关系。请选择 {other}，或把顺序的权重设为 0</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.private-by-samples</source>
            <extracomment>differential privacy bounds what each user adds, so users weigh the same. Choose uniform</extracomment>
            <translation>差分隐私限制每个用户的贡献，因此各用户权重相同。请选择“均匀”</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.private-without-sum</source>
            <extracomment>differential privacy accounts for noise on a sum, and the {aggregator} aggregator gives none. Choose masked</extracomment>
            <translation>差分隐私按总和上的噪声计算，而 {aggregator} 聚合不给出总和。请选择 masked</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.private-fixed-number</source>
            <extracomment>with differential privacy each party draws its users in secret, each independently of the others. Choose poisson, or 1 for all users in every round</extracomment>
            <translation>使用差分隐私时，各参与方秘密且彼此独立地抽取用户。请选择泊松抽样，或填 1 表示每轮所有用户</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.private-without-noise</source>
            <extracomment>differential privacy needs a privacy budget or a noise multiplier above 0</extracomment>
            <translation>差分隐私需要大于 0 的隐私预算或噪声系数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/contradictions.py" />
            <source>settings.no-cluster-address</source>
            <extracomment>the address of the cluster is HOST:PORT, as ray start --head said it, for example 10.0.0.5:6379</extracomment>
            <translation>集群地址的格式是 主机:端口，即 ray start --head 显示的地址，例如 10.0.0.5:6379</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.fault-in-value</source>
            <extracomment>{where}: {reason} (got {got}).</extracomment>
            <translation>{where}：{reason}（得到 {got}）。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.fault</source>
            <extracomment>{reason}.</extracomment>
            <translation>{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.fault-in</source>
            <extracomment>{where}: {reason}.</extracomment>
            <translation>{where}：{reason}。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.entry</source>
            <extracomment>entry {number}</extracomment>
            <translation>第 {number} 项</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.missing</source>
            <extracomment>Field required</extracomment>
            <translation>必须填写</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.unknown</source>
            <extracomment>Extra inputs are not permitted</extracomment>
            <translation>没有这项设置</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-integer</source>
            <extracomment>must be a valid integer</extracomment>
            <translation>必须是整数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-integer-text</source>
            <extracomment>must be a valid integer, unable to parse string as an integer</extracomment>
            <translation>必须是整数，而这段文本不是</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-integer-fraction</source>
            <extracomment>must be a valid integer, got a number with a fractional part</extracomment>
            <translation>必须是整数，而它有小数部分</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.integer-too-large</source>
            <extracomment>Unable to parse input string as an integer, exceeded maximum size</extracomment>
            <translation>整数太大，无法读取</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-number</source>
            <extracomment>must be a valid number</extracomment>
            <translation>必须是数字</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-number-text</source>
            <extracomment>must be a valid number, unable to parse string as a number</extracomment>
            <translation>必须是数字，而这段文本不是</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.not-finite</source>
            <extracomment>must be a finite number</extracomment>
            <translation>必须是有限数</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-boolean</source>
            <extracomment>must be a valid boolean</extracomment>
            <translation>必须是真或假</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-boolean-text</source>
            <extracomment>must be a valid boolean, unable to interpret input</extracomment>
            <translation>必须是真或假，无法理解所给的值</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.no-text</source>
            <extracomment>must be a valid string</extracomment>
            <translation>必须是文本</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.not-among</source>
            <extracomment>must be {expected}</extracomment>
            <translation>必须是 {expected}</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.not-above</source>
            <extracomment>must be greater than {limit}</extracomment>
            <translation>必须大于 {limit}</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.below</source>
            <extracomment>must be greater than or equal to {limit}</extracomment>
            <translation>必须大于或等于 {limit}</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.not-below</source>
            <extracomment>must be less than {limit}</extracomment>
            <translation>必须小于 {limit}</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.above</source>
            <extracomment>must be less than or equal to {limit}</extracomment>
            <translation>必须小于或等于 {limit}</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.empty-text</source>
            <extracomment>String should have at least 1 character</extracomment>
            <translation>不能为空</translation>
        </message>
        <message>
            <location filename="../../fl/settings/faults.py" />
            <source>settings.text-too-long</source>
            <extracomment>String should have at most {limit} characters</extracomment>
            <translation>最多 {limit} 个字符</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>settings.k-out-of-range</source>
            <extracomment>every K must be between 1 and 1000</extracomment>
            <translation>每个 K 必须在 1 到 1000 之间</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>settings.no-csv-or-jsonl</source>
            <extracomment>the file name must end in .csv or .jsonl</extracomment>
            <translation>文件名必须以 .csv 或 .jsonl 结尾</translation>
        </message>
        <message>
            <location filename="../../fl/settings/of_jobs.py" />
            <source>settings.no-html-or-pdf</source>
            <extracomment>the file name must end in .html or .pdf</extracomment>
            <translation>文件名必须以 .html 或 .pdf 结尾</translation>
        </message>
        <message>
            <location filename="../../fl/settings/serve.py" />
            <source>serve.pair</source>
            <extracomment>a certificate and its key are given together</extracomment>
            <translation>证书及其密钥须一并给出</translation>
        </message>
        <message>
            <location filename="../../fl/settings/serve.py" />
            <source>serve.open-to-others</source>
            <extracomment>at {host} other computers could read everybody's lists: that needs a token (--token-file) and TLS (--certificate, --key)</extracomment>
            <translation>在 {host} 上，其他计算机可以读取所有人的列表：这需要令牌（--token-file）和 TLS（--certificate、--key）</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>settings.sweep-too-large</source>
            <extracomment>These are {n:,} runs; a sweep has at most {most}.</extracomment>
            <translation>这共有 {n:,} 个运行；一个参数扫描最多 {most} 个。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>settings.write-setting-values</source>
            <extracomment>{text}: write SETTING=VALUE,VALUE, for example dim=16,32.</extracomment>
            <translation>{text}：请写作 SETTING=VALUE,VALUE，例如 dim=16,32。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/sweep.py" />
            <source>settings.not-to-vary</source>
            <extracomment>{name} cannot be varied, or stands twice.</extracomment>
            <translation>{name} 不能变化，或出现了两次。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>evaluation.leak</source>
            <extracomment>Published protocol: held-out items leak into training, so these figures are higher than users would see.</extracomment>
            <translation>论文协议：留出的商品会泄漏到训练中，因此这些指标高于用户实际看到的效果。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>view.global</source>
            <extracomment>global</extracomment>
            <translation>全局</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>view.fine-tuned</source>
            <extracomment>fine-tuned</extracomment>
            <translation>微调后的</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>view.personal</source>
            <extracomment>personal</extracomment>
            <translation>个人</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>runtime.simulation</source>
            <extracomment>simulation</extracomment>
            <translation>模拟</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>runtime.in-process</source>
            <extracomment>in-process</extracomment>
            <translation>单进程</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>runtime.cluster</source>
            <extracomment>cluster</extracomment>
            <translation>集群</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>runtime.organisations</source>
            <extracomment>organisations</extracomment>
            <translation>机构之间</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>privacy.noise-hides-all</source>
            <extracomment>With differential privacy, {model} has so far recommended no better than a list of what is popular, at every epsilon from 1 to 8 that was tried on ML-1M: noise hides what its users' changes have in common. FCF learns under the same noise.</extracomment>
            <translation>启用差分隐私时，{model} 的推荐至今未优于按热门程度推荐：在 ML-1M 上试过的 epsilon 1 到 8 均如此，因为噪声掩盖了用户更新中的共同之处。同样的噪声下 FCF 仍能学习。</translation>
        </message>
        <message>
            <location filename="../../fl/settings/words.py" />
            <source>privacy.known-start</source>
            <extracomment>The items start from their genres and decades, which are taken for public: epsilon does not cover them. On ML-1M this start alone has an HR@10 of 40.5 %, less than a list of what is popular (45.2 %); rounds with noise make it over 60 % at epsilon 1 and over 66 % at epsilon 8. Where genres come from the users' own rows, choose the random start.</extracomment>
            <translation>商品表从商品的类型与年代开始，这些被视为公开信息：epsilon 不保护它们。在 ML-1M 上，仅此起点的 HR@10 为 40.5%，低于按热门程度推荐（45.2%）；加噪声的各轮使其在 epsilon 1 时超过 60%，在 epsilon 8 时超过 66%。若类型来自用户自己的记录，请选择随机起点。</translation>
        </message>
        <message>
            <location filename="../../models/base.py" />
            <source>model.private-state-not-fit</source>
            <extracomment>The private state does not fit this party's users: expected {expected}, found {shapes}.</extracomment>
            <translation>私有状态与该参与方的用户不符：应为 {expected}，实际为 {shapes}。</translation>
        </message>
        <message>
            <location filename="../../models/fedrap.py" />
            <source>settings.decay-turns-signs</source>
            <extracomment>item learning rate times weight decay must be below 1, or every step turns the signs of the items</extracomment>
            <translation>商品学习率乘以权重衰减必须小于 1，否则每一步都会翻转商品向量的符号</translation>
        </message>
        <message>
            <location filename="../../models/seqfcf_local.py" />
            <source>model.seqfcf-not-clipped</source>
            <extracomment>SeqFCF does not bound what a user adds to the message.</extracomment>
            <translation>SeqFCF 不限制单个用户对消息的贡献。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.ranked-by</source>
            <extracomment>Ranked by</extracomment>
            <translation>排名依据</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.round</source>
            <extracomment>round</extracomment>
            <translation>轮次</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.explained</source>
            <extracomment>HR@K: share of users whose held-out item is among the first K; as one item is held out, it equals Recall@K. NDCG@K: a hit counts 1 / log2(rank + 1). MRR@K: a hit counts 1 / rank. Sampled: the held-out item is ranked among 99 items that the user never touched. Full: among all items but those of the user's train set. Small: 95% bootstrap intervals over users; they say nothing of other seeds.</extracomment>
            <translation>HR@K：留出商品排在前 K 的用户所占比例；只留出一个商品，因此等于 Recall@K。NDCG@K：命中计 1 / log2(名次 + 1)。MRR@K：命中计 1 / 名次。抽样：留出商品与用户从未接触的 99 个商品一起排名。全部：与除用户训练集以外的所有商品一起排名。小字：对用户做自助抽样的 95% 区间；不反映其他随机种子。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.full</source>
            <extracomment>Full {figure}</extracomment>
            <translation>全排名 {figure}</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.sampled</source>
            <extracomment>{figure}, sampled</extracomment>
            <translation>{figure}，抽样</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.full-rank</source>
            <extracomment>{figure}, full rank</extracomment>
            <translation>{figure}，全排名</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.trained</source>
            <extracomment>{round} of {rounds} rounds ({state}), the best one is round {best}. {time} in rounds. Each round a party sent {sent} and received {received}.</extracomment>
            <translation>第 {round} 轮，共 {rounds} 轮（{state}），最佳为第 {best} 轮。各轮共用 {time}。每轮每方发送 {sent}，接收 {received}。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.training</source>
            <extracomment>Training</extracomment>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.by-kind</source>
            <extracomment>HR@{k} by {kind}</extracomment>
            <translation>HR@{k}，按{kind}</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.groups</source>
            <extracomment>Groups of users, K = {k}</extracomment>
            <translation>用户分组，K = {k}</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.shown</source>
            <extracomment>What users are shown</extracomment>
            <translation>向用户展示的内容</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.by-activity</source>
            <extracomment>{title} (train items)</extracomment>
            <translation>{title}（训练商品数）</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.groups-why</source>
            <extracomment>Does everybody get good recommendations? Activity: number of train items of a user.</extracomment>
            <translation>每个人都得到好的推荐吗？活跃度：用户的训练商品数。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.test-figure</source>
            <extracomment>Test figure</extracomment>
            <translation>测试指标</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.this-run</source>
            <extracomment>This run</extracomment>
            <translation>本次训练</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.difference</source>
            <extracomment>Difference</extracomment>
            <translation>差</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.test-figures</source>
            <extracomment>Test figures, {protocol} protocol</extracomment>
            <translation>测试指标，{protocol}协议</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.training-loss</source>
            <extracomment>Training loss</extracomment>
            <translation>训练损失</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.kind</source>
            <extracomment>Kind</extracomment>
            <translation>类别</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.group</source>
            <extracomment>Group</extracomment>
            <translation>分组</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.coverage</source>
            <extracomment>Coverage</extracomment>
            <translation>覆盖率</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.novelty</source>
            <extracomment>Novelty (bits)</extracomment>
            <translation>新颖度（比特）</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.percentile</source>
            <extracomment>Popularity percentile</extracomment>
            <translation>流行度百分位</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.gini</source>
            <extracomment>Gini</extracomment>
            <translation>基尼系数</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.shown-explained</source>
            <extracomment>Coverage: share of all items that anybody is shown. Novelty: how rare the shown items are. Popularity percentile: 50 for random lists, 100 for bestsellers. Gini: 0 all items alike, 1 one item for everybody.</extracomment>
            <translation>覆盖率：展示给任何人的商品占全部商品的比例。新颖度：所展示的商品有多罕见。流行度百分位：随机列表为 50，畅销商品为 100。基尼系数：0 表示各商品均等，1 表示所有人都是同一个商品。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.tested-users</source>
            <extracomment>{users:,} users, each tested on one held-out item; round {round}, the best on the validation items.</extracomment>
            <translation>{users:,} 个用户，各以一个留出商品测试；第 {round} 轮，在验证商品上最佳。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.validation</source>
            <extracomment>Validation {figure}</extracomment>
            <translation>验证 {figure}</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.dropped-out</source>
            <extracomment>{party} dropped out in round {round}: {why}. Figures of the rounds without it leave out its users.</extracomment>
            <translation>{party} 在第 {round} 轮退出：{why}。缺少它的各轮的指标不含其用户。</translation>
        </message>
        <message>
            <location filename="../../report/figures.py" />
            <source>report.loss</source>
            <extracomment>loss</extracomment>
            <translation>损失</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.leak-free</source>
            <extracomment>Leak-free: each user's last item is the test item, the last but one the validation item; training knows neither, and samples them as negatives like any other item the user has not rated.</extracomment>
            <translation>无泄漏：每个用户的最后一个商品为测试商品，倒数第二个为验证商品；训练不知道这两者，并像其他未评分的商品一样将其抽作负样本。</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.published</source>
            <extracomment>Published: as the papers' code has it, training never samples the held-out items as negatives, which leaks them. These figures are too high; they serve to compare with papers, not to judge quality.</extracomment>
            <translation>论文协议：与论文代码一致，训练从不把留出商品抽作负样本，因而泄漏了它们。这些数值偏高，只用于与论文比较，不用于评判质量。</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.title</source>
            <extracomment>{run} – SecretRec report</extracomment>
            <translation>{run} – SecretRec 报告</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.data</source>
            <extracomment>Data</extracomment>
            <translation>数据</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.how-made</source>
            <extracomment>How this was made</extracomment>
            <translation>生成方式</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.trained-at</source>
            <extracomment>trained {time}</extracomment>
            <translation>训练于 {time}</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.report-of</source>
            <extracomment>report of {time}</extracomment>
            <translation>报告于 {time}</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.protocol</source>
            <extracomment>Protocol</extracomment>
            <translation>协议</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.settings</source>
            <extracomment>Settings</extracomment>
            <translation>设置</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.no-figures</source>
            <extracomment>Test figures of the training: it did not reach its end ({state}). Resume the run, or evaluate it as it is.</extracomment>
            <translation>训练的测试指标：训练没有到达终点（{state}）。请继续该运行，或就这样评估它。</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.not-evaluated</source>
            <extracomment>Intervals, other K, groups of users and what users are shown: the run's best round has not been evaluated. Evaluate the run, then make the report again.</extracomment>
            <translation>区间、其他 K、用户分组以及向用户展示的内容：该运行的最佳轮次还没有评估。请评估该运行，再重新生成报告。</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.no-machine</source>
            <extracomment>The machine the run was trained on: the version that trained it did not record it.</extracomment>
            <translation>训练该运行的机器：训练它的版本没有记录。</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.on-node</source>
            <extracomment>node {number}: {who}</extracomment>
            <translation>节点 {number}：{who}</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.missing</source>
            <extracomment>Missing from this report</extracomment>
            <translation>本报告缺少的内容</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-data-set</source>
            <extracomment>Data set</extracomment>
            <translation>数据集</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-items</source>
            <extracomment>Items</extracomment>
            <translation>商品数</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-train-interactions</source>
            <extracomment>Train interactions</extracomment>
            <translation>训练交互数</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-fingerprint</source>
            <extracomment>Fingerprint</extracomment>
            <translation>指纹</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-licence</source>
            <extracomment>Licence</extracomment>
            <translation>许可</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-source</source>
            <extracomment>Source</extracomment>
            <translation>来源</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-reference</source>
            <extracomment>Reference</extracomment>
            <translation>文献</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-run</source>
            <extracomment>Run</extracomment>
            <translation>训练</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-state</source>
            <extracomment>State</extracomment>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-trained</source>
            <extracomment>Trained</extracomment>
            <translation>训练时间</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-seed</source>
            <extracomment>Seed</extracomment>
            <translation>随机种子</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-processor</source>
            <extracomment>Processor</extracomment>
            <translation>处理器</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-cores-and-memory</source>
            <extracomment>Cores and memory</extracomment>
            <translation>核心与内存</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-system</source>
            <extracomment>System</extracomment>
            <translation>系统</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-cluster</source>
            <extracomment>Ray cluster</extracomment>
            <translation>Ray 集群</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-versions</source>
            <extracomment>Versions</extracomment>
            <translation>版本</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.name-report</source>
            <extracomment>Report</extracomment>
            <translation>报告</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.by-secretrec</source>
            <extracomment>{time}, by SecretRec</extracomment>
            <translation>{time}，由 SecretRec 生成</translation>
        </message>
        <message>
            <location filename="../../report/page.py" />
            <source>report.licence-unknown</source>
            <extracomment>not known: the data set is no longer on this machine</extracomment>
            <translation>未知：该数据集已不在本机</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.once</source>
            <extracomment>Once: how many interactions each item has.</extracomment>
            <translation>仅一次：每个商品有多少交互。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.for-evaluation</source>
            <extracomment>For an evaluation: sums of figures over users, under bootstrap weights and by group, and how often each item is shown.</extracomment>
            <translation>用于评估：按自助权重和分组对用户求和的指标，以及每个商品被展示的次数。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.open-sums</source>
            <extracomment>The sums themselves: what they say about few users, or about one, is bounded only by differential privacy.</extracomment>
            <translation>总和本身：它们对少数用户或某个用户透露的信息，只有差分隐私能够限制。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.open-poisoning</source>
            <extracomment>Poisoning: a finite update within range that was made to harm is not recognised by aggregators that cannot look.</extracomment>
            <translation>投毒：在允许范围内、有意造成损害的更新，看不到内容的聚合器无法识别。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.open-metadata</source>
            <extracomment>Metadata: who took part and when, how long it took, number and size of messages.</extracomment>
            <translation>元数据：谁在何时参与、用时多久、消息的数量与大小。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.each-round-with-noise</source>
            <extracomment>Each round: {sent}, and sums of validation figures, both with noise. No totals and no loss.</extracomment>
            <translation>每轮：{sent}，以及验证指标之和，两者都加了噪声。不含总数和损失。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.simulation</source>
            <extracomment>Simulation: all parties were processes on one machine, and one program read the data file and dealt it out. This shows the protocol; it does not protect from whoever ran it.</extracomment>
            <translation>模拟：各方都是同一台机器上的进程，由一个程序读取并分发数据文件。这只演示协议，不能防范运行者本人。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.dp</source>
            <extracomment>Differential privacy ({kind}): epsilon {epsilon:.3g} at delta {delta}, over all rounds, for one user's contribution to the item tables and validation figures of training. It does not cover the figures of the finished run (test figures, how many interactions each item has), nor what was learnt from other runs on the same data.</extracomment>
            <translation>差分隐私（{kind}）：在 delta 为 {delta} 时，所有轮次合计的 epsilon 为 {epsilon:.3g}，针对单个用户对训练中的商品表和验证指标的贡献。它不涵盖训练结束后的数值（测试指标、每个商品的交互数），也不涵盖从同一数据的其他训练中得知的内容。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.privacy</source>
            <extracomment>Privacy</extracomment>
            <translation>隐私</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.each-round</source>
            <extracomment>Each round: {sent}, three totals (users, samples, loss), and sums of validation figures.</extracomment>
            <translation>每轮：{sent}，三个总数（用户、样本、损失），以及验证指标之和。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.in-process</source>
            <extracomment>All parties shared one process: nothing separated them. This was a quick look, not a deployment.</extracomment>
            <translation>各方共用一个进程：彼此之间没有隔离。这只是快速试用，不是部署。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.organisations</source>
            <extracomment>Between organisations: each ran its own program with its own file, over TLS with certificates on both sides.</extracomment>
            <translation>在组织之间：每个组织用自己的文件运行自己的程序，通过双方都有证书的 TLS 连接。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.cluster</source>
            <extracomment>A Ray cluster of one organisation: parties were processes on its computers, and one program read the data file and dealt it out. This took their processors; it does not protect from whoever ran it.</extracomment>
            <translation>一个组织自己的 Ray 集群：参与方是集群计算机上的进程，一个程序读取数据文件并分发。这样利用了它们的处理器；对运行它的人不提供保护。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.no-dp</source>
            <extracomment>No differential privacy: no noise was added, and no epsilon bounds what the sums give away.</extracomment>
            <translation>没有差分隐私：未加噪声，没有 epsilon 限制总和所透露的信息。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.dp-open</source>
            <extracomment>The {aggregator} aggregator shows the server each party's own sum, with a part of the noise only.</extracomment>
            <translation>{aggregator} 聚合器让服务器看到每一方自己的总和，其中只含部分噪声。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.what-left</source>
            <extracomment>What left a party:</extracomment>
            <translation>离开参与方的内容：</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.stayed</source>
            <extracomment>Interactions, private parameters and single users' figures stayed with the party: with {title}, each user keeps {stays}.</extracomment>
            <translation>交互、私有参数和单个用户的指标都留在参与方：使用 {title} 时，每个用户保留{stays}。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.who-could-read</source>
            <extracomment>Who could read it ({aggregator} aggregation, {parties} parties): {claim}</extracomment>
            <translation>谁能读取（{aggregator}聚合，{parties} 方）：{claim}</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.not-prevented</source>
            <extracomment>What this does not prevent:</extracomment>
            <translation>以下情况无法防止：</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.no-audit</source>
            <extracomment>No audit of this run was made.</extracomment>
            <translation>未对本次训练进行审计。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.audit</source>
            <extracomment>Audit: attacks on this run, simple ones, so a low figure is no proof. Small: 95% intervals.</extracomment>
            <translation>审计：对本次训练的攻击，均为简单攻击，因此数值低并不能证明安全。小字：95% 区间。</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.audit-other</source>
            <extracomment>Audit of this run:</extracomment>
            <translation>本次训练的审计：</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.attack</source>
            <extracomment>Attack</extracomment>
            <translation>攻击</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.measure</source>
            <extracomment>Measure</extracomment>
            <translation>度量</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.found</source>
            <extracomment>Found</extracomment>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.guessing</source>
            <extracomment>Guessing</extracomment>
            <translation>猜测</translation>
        </message>
        <message>
            <location filename="../../report/privacy.py" />
            <source>report.cases</source>
            <extracomment>Cases</extracomment>
            <translation>案例数</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.name-users</source>
            <extracomment>Users</extracomment>
            <translation>用户数</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.popularity</source>
            <extracomment>Popularity</extracomment>
            <translation>流行度</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>state.running</source>
            <extracomment>running</extracomment>
            <translation>运行中</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>state.done</source>
            <extracomment>done</extracomment>
            <translation>已完成</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>state.stopped</source>
            <extracomment>stopped</extracomment>
            <translation>已停止</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>state.cancelled</source>
            <extracomment>cancelled</extracomment>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>state.failed</source>
            <extracomment>failed</extracomment>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>state.interrupted</source>
            <extracomment>interrupted</extracomment>
            <translation>已中断</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.view-global</source>
            <extracomment>global</extracomment>
            <translation>全局</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.view-fine-tuned</source>
            <extracomment>fine-tuned</extracomment>
            <translation>微调</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.view-personal</source>
            <extracomment>personal</extracomment>
            <translation>个人</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.scorer-model</source>
            <extracomment>Model, {view} items</extracomment>
            <translation>模型，{view}商品</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.yes</source>
            <extracomment>yes</extracomment>
            <translation>是</translation>
        </message>
        <message>
            <location filename="../../report/words.py" />
            <source>report.no</source>
            <extracomment>no</extracomment>
            <translation>否</translation>
        </message>
        <message>
            <location filename="../../report/writer.py" />
            <source>report.choose-html</source>
            <extracomment>Choose a .html file instead.</extracomment>
            <translation>请改用 .html 文件。</translation>
        </message>
        <message>
            <location filename="../../report/writer.py" />
            <source>report.pdf-not-ready-after</source>
            <extracomment>The PDF was not ready after {seconds} s.</extracomment>
            <translation>PDF 在 {seconds} 秒后仍未完成。</translation>
        </message>
        <message>
            <location filename="../../report/writer.py" />
            <source>report.pdf-not-made</source>
            <extracomment>The PDF could not be made: {reason}.</extracomment>
            <translation>无法生成 PDF：{reason}。</translation>
        </message>
    </context>
</TS>
