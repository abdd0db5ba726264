-- CreateTable
CREATE TABLE "class_meeting" (
    "classId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "learners" INTEGER NOT NULL,
    "course" TEXT NOT NULL,
    "lesson" TEXT NOT NULL,
    CONSTRAINT "class_meeting_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
