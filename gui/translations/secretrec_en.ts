<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>SecretRec</name>
        <message numerus="yes">
            <location filename="../../gui/app/closing.py" />
            <source>%n runs wait in the queue; they are kept and offered at the next start.</source>
            <translation>
                <numerusform>%n run waits in the queue; it is kept and offered at the next start.</numerusform>
                <numerusform>%n runs wait in the queue; they are kept and offered at the next start.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/app/engine_status.py" />
            <source>{versions}; %n cores</source>
            <translation>
                <numerusform>{versions}; %n core</numerusform>
                <numerusform>{versions}; %n cores</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/data/dataset_actions.py" />
            <source>%Ln runs were trained on it. They stay and still recommend, but cannot be evaluated, audited or resumed until it is imported again:</source>
            <translation>
                <numerusform>%Ln run was trained on it. It stays and still recommends, but cannot be evaluated, audited or resumed until it is imported again:</numerusform>
                <numerusform>%Ln runs were trained on it. They stay and still recommend, but cannot be evaluated, audited or resumed until it is imported again:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/evaluate/evaluation_view.py" />
            <location filename="../../gui/evaluate/lists_view.py" />
            <source>%Ln users tested, each on one held-out item</source>
            <translation>
                <numerusform>%Ln user tested, on one held-out item</numerusform>
                <numerusform>%Ln users tested, each on one held-out item</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <location filename="../../gui/recommend/recommend_tab.py" />
            <location filename="../../gui/train/training_progress.py" />
            <location filename="../../gui/widgets/pickers.py" />
            <location filename="../../gui/words/text.py" />
            <source>%Ln users</source>
            <translation>
                <numerusform>%Ln user</numerusform>
                <numerusform>%Ln users</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <source>Picked: %Ln items</source>
            <translation>
                <numerusform>Picked: %Ln item</numerusform>
                <numerusform>Picked: %Ln items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <location filename="../../gui/train/training_progress.py" />
            <location filename="../../gui/words/text.py" />
            <source>%Ln items</source>
            <translation>
                <numerusform>%Ln item</numerusform>
                <numerusform>%Ln items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/item_picker.py" />
            <source>{shown} of %Ln items; type to narrow down</source>
            <translation>
                <numerusform>{shown} of %Ln item; type to narrow down</numerusform>
                <numerusform>{shown} of %Ln items; type to narrow down</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/recommend_tab.py" />
            <source>%Ln rows</source>
            <translation>
                <numerusform>%Ln row</numerusform>
                <numerusform>%Ln rows</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/results.py" />
            <source>%Ln items, newest first</source>
            <translation>
                <numerusform>%Ln item</numerusform>
                <numerusform>%Ln items, newest first</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/results.py" />
            <source>What goes with these %Ln items</source>
            <translation>
                <numerusform>What goes with this %Ln item</numerusform>
                <numerusform>What goes with these %Ln items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/recommend/results.py" />
            <source>For a new user with %Ln items</source>
            <translation>
                <numerusform>For a new user with %Ln item</numerusform>
                <numerusform>For a new user with %Ln items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>Delete %Ln runs for good?</source>
            <translation>
                <numerusform>Delete %Ln run for good?</numerusform>
                <numerusform>Delete %Ln runs for good?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <location filename="../../gui/train/sweep_dialog.py" />
            <source>%Ln runs</source>
            <translation>
                <numerusform>%Ln run</numerusform>
                <numerusform>%Ln runs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>%Ln of them cannot be read</source>
            <translation>
                <numerusform>%Ln of them cannot be read</numerusform>
                <numerusform>%Ln of them cannot be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <source>%Ln runs chosen</source>
            <translation>
                <numerusform>%Ln run chosen</numerusform>
                <numerusform>%Ln runs chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/runs/runs_dialog.py" />
            <location filename="../../gui/tabs/run_picker.py" />
            <source>{shown} of %Ln runs</source>
            <translation>
                <numerusform>{shown} of %Ln run</numerusform>
                <numerusform>{shown} of %Ln runs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/log_panel.py" />
            <source>%n found</source>
            <translation>
                <numerusform>%n found</numerusform>
                <numerusform>%n found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/queue_panel.py" />
            <source>%n rounds</source>
            <translation>
                <numerusform>%n round</numerusform>
                <numerusform>%n rounds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/queue_panel.py" />
            <source>Waiting: %n runs</source>
            <translation>
                <numerusform>Waiting: %n run</numerusform>
                <numerusform>Waiting: %n runs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/training_progress.py" />
            <source>%Ln parties</source>
            <translation>
                <numerusform>%Ln party</numerusform>
                <numerusform>%Ln parties</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/train/training_progress.py" />
            <source>%Ln training samples</source>
            <translation>
                <numerusform>%Ln training sample</numerusform>
                <numerusform>%Ln training samples</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/widgets/picker_models.py" />
            <source>%Ln train items</source>
            <translation>
                <numerusform>%Ln train item</numerusform>
                <numerusform>%Ln train items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/words/engine_texts.py" />
            <source>{done} of %Ln parties</source>
            <translation>
                <numerusform>{done} of %Ln party</numerusform>
                <numerusform>{done} of %Ln parties</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/words/engine_texts.py" />
            <source>{done} of %Ln users</source>
            <translation>
                <numerusform>{done} of %Ln user</numerusform>
                <numerusform>{done} of %Ln users</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/words/text.py" />
            <source>%Ln interactions</source>
            <translation>
                <numerusform>%Ln interaction</numerusform>
                <numerusform>%Ln interactions</numerusform>
            </translation>
        </message>
    </context>
</TS>
