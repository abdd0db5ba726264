/** 简体中文：班级墙上的按键。 */
import type { WallKeyWords } from './en-wall-keys.ts';

export const zhWallKeys: WallKeyWords = {
  title: '在班级墙上',
  walk: '在学员之间移动',
  open: '打开学员',
  answer: '回应举手',
  find: '按姓名查找',
  sort: '顺序不变时重新排序',
};
