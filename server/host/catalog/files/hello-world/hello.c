/* Prints what running a first container has proven; speaks to the kernel itself, so that it needs no library. */
static const char text[] =
    "\n"
    "Hello from Docker!\n"
    "You are reading the output of a container, so your Docker works from end to end.\n"
    "\n"
    "How it came here:\n"
    " 1. The docker command, a client, sent your request to the Docker daemon.\n"
    " 2. The daemon looked for the image \"hello-world\" on its own disk. Where it\n"
    "    was missing, the daemon pulled it from a registry.\n"
    " 3. The daemon made a new container from the image and started the one program\n"
    "    in it: a file of a few kilobytes that prints this text.\n"
    " 4. The daemon handed the text to the client, and the client to your terminal.\n"
    "    The program has ended, and its container has stopped with it.\n"
    "\n"
    "See what it left behind:\n"
    "    docker ps -a\n"
    "    docker images\n"
    "\n"
    "Then try something larger, a whole Debian of your own:\n"
    "    docker run -it debian bash\n"
    "\n";

#if defined(__x86_64__)
enum { SYS_WRITE = 1, SYS_EXIT_GROUP = 231 };
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
enum { SYS_WRITE = 64, SYS_EXIT_GROUP = 94 };
static long call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}
#else
#error "hello-world knows x86-64 and arm64"
#endif

void _start(void) {
  const char *at = text;
  long left = sizeof text - 1;
  while (left > 0) {
    long written = call(SYS_WRITE, 1, (long)at, left);
    if (written <= 0) call(SYS_EXIT_GROUP, 1, 0, 0);
    at += written;
    left -= written;
  }
  call(SYS_EXIT_GROUP, 0, 0, 0);
}
