/** The last resort when even the frame fails: no words can be loaded, so both languages stand here. */
'use client';
import './globals.css';

export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <main className="m-auto flex min-h-full max-w-120 flex-col justify-center gap-3 p-6 text-md">
          <title>Drydock</title>
          <h1 className="text-xl font-strong">This page broke</h1>
          <p>Your work on the machine is safe. Load the page again.</p>
          <p lang="zh-CN">这个页面出错了。你在机器上的东西是安全的，请重新加载页面。</p>
          <p>
            <a href="/" className="font-strong">
              Drydock
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
