package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.checkpoint.CheckpointFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import dev.cadenza.trainer.paper.PaperCourse;
import dev.cadenza.trainer.paper.PaperPreset;
import dev.cadenza.trainer.performer.LikelihoodRun;
import dev.cadenza.trainer.performer.PerformerPreset;
import dev.cadenza.trainer.run.MetricsFile;
import dev.cadenza.trainer.run.RunFolder;
import dev.cadenza.trainer.training.Course;
import dev.cadenza.trainer.training.TrainingLimits;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The two presets of performances, each trained for as many updates whatever the corpus. */
enum PresetRuns {
    PAPER("paper", "paper", "validation MSE") {
        @Override
        Course course(StudyContext context, EncodedCorpus corpus, long seed) {
            return new PaperCourse(preset(seed), corpus);
        }

        @Override
        ObjectNode told(StudyContext context, long seed) {
            return preset(seed).toJson();
        }

        @Override
        int updates(StudyContext context) {
            return context.plan().paperUpdates();
        }

        @Override
        double loss(Checkpoint model, EncodedCorpus held) {
            return new PaperCourse(preset(1), held)
                    .scores(model.network(), Split.VALIDATION)
                    .mse();
        }

        /** Without the seed's dropout and at a rate that learns in the time there is. */
        private PaperPreset preset(long seed) {
            PaperPreset base = PaperPreset.seedPaper(seed);
            return new PaperPreset(
                    base.hidden(),
                    base.window(),
                    base.batch(),
                    RATE,
                    1,
                    base.ticksPerSecond(),
                    base.intervalClipTicks(),
                    base.carry(),
                    seed);
        }
    },
    PERFORMER("performer", "performer", "validation nats a note") {
        @Override
        Course course(StudyContext context, EncodedCorpus corpus, long seed) {
            return preset(context, seed).course(corpus);
        }

        @Override
        ObjectNode told(StudyContext context, long seed) {
            return preset(context, seed).toJson();
        }

        @Override
        int updates(StudyContext context) {
            return context.plan().performerUpdates();
        }

        @Override
        double loss(Checkpoint model, EncodedCorpus held) {
            int threads = Runtime.getRuntime().availableProcessors();
            return LikelihoodRun.measure(
                            model.network(), held, held.pieces(Split.VALIDATION), MOST_NOTES, threads, notes -> {})
                    .nats();
        }

        private PerformerPreset preset(StudyContext context, long seed) {
            PerformerPreset base = PerformerPreset.standard(seed);
            return new PerformerPreset(
                    context.plan().performerHidden(),
                    base.window(),
                    BATCH,
                    base.learningRate(),
                    base.warmUpdates(),
                    context.plan().performerUpdates(),
                    base.clip(),
                    base.augment(),
                    seed);
        }
    };

    private static final double RATE = 1e-3;
    private static final int BATCH = 16;
    /** Of each held-out piece, for a performer's likelihood. */
    static final int MOST_NOTES = 2000;

    private static final int VALIDATIONS = 5;

    private final String id;
    private final String title;
    private final String lossName;

    PresetRuns(String id, String title, String lossName) {
        this.id = id;
        this.title = title;
        this.lossName = lossName;
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** With its unit. */
    String lossName() {
        return lossName;
    }

    abstract Course course(StudyContext context, EncodedCorpus corpus, long seed);

    abstract ObjectNode told(StudyContext context, long seed);

    abstract int updates(StudyContext context);

    /** The loss on a corpus' validation split: MSE in windows, or nats a note. */
    abstract double loss(Checkpoint model, EncodedCorpus held);

    /** The cell's key of a training. */
    String key(String name) {
        return "presets/" + id + "-" + name;
    }

    /**
     * Trains once and keeps the curve.
     *
     * @param name what is peculiar to it
     */
    ObjectNode trained(StudyContext context, String name, EncodedCorpus corpus) throws IOException {
        return context.cells().of(key(name), () -> {
            long seed = 1;
            int updates = updates(context);
            TrainingLimits limits = new TrainingLimits(
                    Integer.MAX_VALUE,
                    Double.POSITIVE_INFINITY,
                    Integer.MAX_VALUE,
                    Math.max(1, updates / VALIDATIONS),
                    updates);
            Runs.Trained done = context.runs()
                    .train(id + "-" + name, course(context, corpus, seed), told(context, seed), limits, seed);
            ObjectNode cell = new ObjectMapper()
                    .createObjectNode()
                    .put("preset", id)
                    .put("name", name)
                    .put("seed", seed)
                    .put("train_pieces", corpus.pieces(Split.TRAIN).size())
                    .put("train_notes", corpus.notes(Split.TRAIN))
                    .put("validation", done.outcome().bestValidation())
                    .put("updates", done.outcome().updates())
                    .put("notes_seen", done.outcome().notes())
                    .put("seconds", done.outcome().seconds())
                    .put("threads", context.runs().replicas())
                    .put("parameters", done.best().network().numParams());
            for (List<String> row : CsvRows.read(done.run().metrics(), 4, MetricsFile.COLUMNS)) {
                if (row.get(0).equals("validation")) {
                    cell.withArray("curve_updates").add(Long.parseLong(row.get(3)));
                    cell.withArray("curve_epochs").add(Integer.parseInt(row.get(1)));
                    cell.withArray("curve_loss").add(Double.parseDouble(row.get(7)));
                }
            }
            context.log()
                    .accept(String.format(
                            Locale.ROOT, "%s %s: %.5f", id, name, done.outcome().bestValidation()));
            return cell;
        });
    }

    /** The best checkpoint of a training that is done. */
    Checkpoint best(StudyContext context, String name) throws IOException {
        RunFolder run = new RunFolder(context.runs().folder().resolve(id + "-" + name));
        try {
            return Checkpoint.read(run.best());
        } catch (CheckpointFormatException e) {
            throw new IOException(e.getMessage() + "; remove the cell " + key(name) + " to train it again", e);
        }
    }
}
