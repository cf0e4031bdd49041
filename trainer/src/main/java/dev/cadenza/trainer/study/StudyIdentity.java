package dev.cadenza.trainer.study;

import dev.cadenza.files.WholeFile;
import dev.cadenza.trainer.roll.RollCorpus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code study.json}: what a folder's cells were made with. A cell is named after what it measures, so that a folder must
 * not mix plans, or corpora of one name.
 *
 * @param rolls sha256 by the corpus' name
 * @param performances sha256; null until they were first read
 */
record StudyIdentity(
        @Nullable String plan,
        Map<String, String> rolls,
        @Nullable String performances) {
    private static final String FILE = "study.json";
    private static final String LOCK = ".study.lock";

    StudyIdentity {
        rolls = rolls == null ? Map.of() : rolls;
    }

    /**
     * Holds a folder against what is asked for; writes it down when the folder is new.
     *
     * @throws IllegalArgumentException when the folder was begun with another plan, or another corpus of the same name
     */
    static void check(Path folder, StudyPlan plan, List<RollCorpus> rolls) throws IOException {
        locked(folder, () -> checkAlone(folder, plan, rolls));
    }

    private static void checkAlone(Path folder, StudyPlan plan, List<RollCorpus> rolls) throws IOException {
        StudyIdentity known =
                Files.exists(folder.resolve(FILE)) ? read(folder) : new StudyIdentity(plan.toString(), Map.of(), null);
        if (!plan.toString().equals(known.plan)) {
            throw new IllegalArgumentException(folder + " holds a study of another plan (with or without --quick, or of"
                    + " another release): choose another --out");
        }
        Map<String, String> hashes = new LinkedHashMap<>(known.rolls);
        for (RollCorpus corpus : rolls) {
            String before = hashes.getOrDefault(corpus.name(), corpus.sha256());
            if (!before.equals(corpus.sha256())) {
                throw new IllegalArgumentException(folder + " holds a study of another " + corpus.name() + " (sha256 "
                        + before + ", now " + corpus.sha256() + "): choose another --out");
            }
            hashes.put(corpus.name(), corpus.sha256());
        }
        new StudyIdentity(known.plan, hashes, known.performances).write(folder);
    }

    /**
     * The same for the performances, when they are first read.
     *
     * @throws IllegalArgumentException when the folder was begun with others
     */
    static void checkPerformances(Path folder, String sha256) throws IOException {
        locked(folder, () -> checkPerformancesAlone(folder, sha256));
    }

    private static void checkPerformancesAlone(Path folder, String sha256) throws IOException {
        StudyIdentity known = read(folder);
        if (known.performances != null && !known.performances.equals(sha256)) {
            throw new IllegalArgumentException(folder + " holds a study of other performances (sha256 "
                    + known.performances + ", now " + sha256 + "): choose another --out");
        }
        new StudyIdentity(known.plan, known.rolls, sha256).write(folder);
    }

    private static StudyIdentity read(Path folder) throws IOException {
        return CellJson.read(Files.readString(folder.resolve(FILE)), StudyIdentity.class);
    }

    private void write(Path folder) throws IOException {
        WholeFile.write(folder.resolve(FILE), CellJson.text(this));
    }

    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }

    /** One process at a time. */
    private static void locked(Path folder, Check check) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            check.run();
            lock.release();
        }
    }
}
