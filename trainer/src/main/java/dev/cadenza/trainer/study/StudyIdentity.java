package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.files.WholeFile;
import dev.cadenza.trainer.roll.RollCorpus;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * {@code study.json}: what a folder's cells were made with. A cell is named after what it measures, so that a folder must
 * not mix plans, or corpora of one name.
 */
final class StudyIdentity {
    private static final String FILE = "study.json";
    private static final String LOCK = ".study.lock";

    private StudyIdentity() {}

    /**
     * Holds a folder against what is asked for; writes it down when the folder is new.
     *
     * @throws IllegalArgumentException when the folder was begun with another plan, or another corpus of the same name
     */
    static void check(Path folder, StudyPlan plan, List<RollCorpus> rolls) throws IOException {
        locked(folder, () -> checkAlone(folder, plan, rolls));
    }

    private static void checkAlone(Path folder, StudyPlan plan, List<RollCorpus> rolls) throws IOException {
        Path file = folder.resolve(FILE);
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode known = Files.exists(file)
                ? (ObjectNode) mapper.readTree(Files.readString(file))
                : mapper.createObjectNode().put("plan", plan.toString());
        if (!known.path("plan").asText().equals(plan.toString())) {
            throw new IllegalArgumentException(folder + " holds a study of another plan (with or without --quick, or of"
                    + " another release): choose another --out");
        }
        ObjectNode hashes = known.withObject("/rolls");
        for (RollCorpus corpus : rolls) {
            String before = hashes.path(corpus.name()).asText(corpus.sha256());
            if (!before.equals(corpus.sha256())) {
                throw new IllegalArgumentException(folder + " holds a study of another " + corpus.name() + " (sha256 "
                        + before + ", now " + corpus.sha256() + "): choose another --out");
            }
            hashes.put(corpus.name(), corpus.sha256());
        }
        WholeFile.write(file, known.toPrettyString() + "\n");
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
        Path file = folder.resolve(FILE);
        ObjectNode known = (ObjectNode) new ObjectMapper().readTree(Files.readString(file));
        String before = known.path("performances").asText(sha256);
        if (!before.equals(sha256)) {
            throw new IllegalArgumentException(folder + " holds a study of other performances (sha256 " + before
                    + ", now " + sha256 + "): choose another --out");
        }
        WholeFile.write(file, known.put("performances", sha256).toPrettyString() + "\n");
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
