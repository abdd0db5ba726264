/** Chinese: what ports serve, shown in the page. */
import type { Dictionary } from './en.ts';

export const zhPreview: Pick<Dictionary, 'preview'> = {
  preview: {
    ports: '已发布的端口',
    port: '端口',
    show: '显示 {machine} 的端口 {port}',
    showApart: '在新标签页中显示 {machine} 的端口 {port}',
    apart: '在单独的标签页中打开',
    of: '由容器 {container} 发布',
    unpublished: '现在没有容器发布它',
    published: '{machine} 的端口 {port} 已发布',
    frame: '{machine} 的端口 {port} 提供的内容',
    reload: '重新加载',
    path: '{machine} 的端口 {port} 上的地址',
    close: '关闭端口 {port} 的预览',
    loading: '正在加载',
    open: '打开端口 {port}',
    openOn: '打开 {machine} 的端口 {port}',
  },
};
