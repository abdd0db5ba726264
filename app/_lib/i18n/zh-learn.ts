/** Chinese: coming back to a lesson, going on to the next, points, and letting a solution be typed. */
import type { Dictionary } from './en.ts';

export const zhLearn: Pick<Dictionary, 'learn' | 'past'> = {
  learn: {
    previousLesson: '上一课',
    openStep: '第 {step} 步还有任务',
    endTitle: '这一课学完了',
    nextUp: '下一课：{title}',
    before: '建议先学：',
    readingTitle: '没有机器在运行',
    readingText: '课文和你的完成记录都在这里。想动手时，随时可以打开一台机器。',
    openMachine: '打开一台机器',
    openAgain: '再打开一台机器',
    readOnly: '只阅读，不开机器',
    reading: '阅读中',
    runNeedsMachine: '打开一台机器后才能运行',
    restart: '重新开始这一课',
    restartTitle: '重新开始这一课？',
    restartText:
      '这一课的机器会关闭，其中的容器、镜像和文件都会消失。本课的完成记录会清空，然后打开一台全新的机器，从第一步重新开始。',
    restartScored: '看过的提示和解法仍会扣分。',
    restartConfirm: '重新开始',
    restarted: '已重新开始',
    typeIt: '替我输入',
    typing: '正在输入第 {line} 行，共 {lines} 行',
    stop: '停止',
    typed: '已全部输入',
    points: { one: '{count} 分', other: '{count} 分' },
    pointsOf: '{earned} / {most} 分',
    worth: { one: '值 {count} 分', other: '值 {count} 分' },
    hintCosts: '提示 {given} / {total}，扣 {cost} 分',
    showCosts: '看解法，不得分',
    finishedOf: '已学完 {done} / {total} 课',
  },
  past: {
    goBack: '回到过去…',
    keep: '保留现在的状态…',
    startHere: '从这里开始…',
    step: '这一步的更多操作',
    unreached: '这一步以前面的步骤为基础，而这台机器上还没有做过。',
  },
};
