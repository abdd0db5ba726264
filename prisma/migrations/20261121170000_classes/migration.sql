-- CreateTable
CREATE TABLE "class" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "latePercent" INTEGER NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL,
    "ownerId" TEXT NOT NULL,
    "code" TEXT,
    "codeUses" INTEGER NOT NULL DEFAULT 0,
    "codeMaxUses" INTEGER,
    "codeExpires" DATETIME,
    CONSTRAINT "class_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "class_lesson" (
    "classId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "course" TEXT NOT NULL,
    "lesson" TEXT NOT NULL,
    "dueAt" DATETIME,
    "weight" INTEGER NOT NULL,

    PRIMARY KEY ("classId", "position"),
    CONSTRAINT "class_lesson_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "enrolment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "classId" TEXT NOT NULL,
    "userId" TEXT,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "number" TEXT,
    "joinedAt" DATETIME,
    "handAt" DATETIME,
    CONSTRAINT "enrolment_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "enrolment_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "class_note" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "classId" TEXT NOT NULL,
    "enrolmentId" TEXT,
    "from" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "text" TEXT NOT NULL,
    "command" TEXT,
    CONSTRAINT "class_note_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "class_note_enrolmentId_fkey" FOREIGN KEY ("enrolmentId") REFERENCES "enrolment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "class_token" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "classId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "lastUsedAt" DATETIME,
    CONSTRAINT "class_token_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "learner_event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" TEXT NOT NULL,
    "course" TEXT,
    "lesson" TEXT,
    "kind" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "data" TEXT NOT NULL,
    CONSTRAINT "learner_event_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "class_code_key" ON "class"("code");

-- CreateIndex
CREATE INDEX "class_ownerId_idx" ON "class"("ownerId");

-- CreateIndex
CREATE INDEX "enrolment_userId_idx" ON "enrolment"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "enrolment_classId_userId_key" ON "enrolment"("classId", "userId");

-- CreateIndex
CREATE INDEX "class_note_classId_at_idx" ON "class_note"("classId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "class_token_fingerprint_key" ON "class_token"("fingerprint");

-- CreateIndex
CREATE INDEX "class_token_classId_idx" ON "class_token"("classId");

-- CreateIndex
CREATE INDEX "learner_event_userId_at_idx" ON "learner_event"("userId", "at");
