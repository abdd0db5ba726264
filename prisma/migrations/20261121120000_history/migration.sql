-- AlterTable
ALTER TABLE "sandbox" ADD COLUMN "seed" TEXT;

-- CreateTable
CREATE TABLE "snapshot" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sandbox" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "step" TEXT,
    "name" TEXT,
    "takenAt" DATETIME NOT NULL,
    "machines" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" TEXT NOT NULL,
    "course" TEXT NOT NULL,
    "lesson" TEXT NOT NULL,
    "step" TEXT,
    "kind" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "golden" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "machines" TEXT NOT NULL,
    "usedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "snapshot_sandbox_takenAt_idx" ON "snapshot"("sandbox", "takenAt");

-- CreateIndex
CREATE INDEX "attempt_userId_course_lesson_idx" ON "attempt"("userId", "course", "lesson");

-- CreateIndex
CREATE UNIQUE INDEX "golden_key_key" ON "golden"("key");
