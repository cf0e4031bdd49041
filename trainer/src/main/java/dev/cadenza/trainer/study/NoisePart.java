package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.checkpoint.Checkpoint;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.study.notes.NoteNoise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Part 7: noisy data, in training and in what is measured on. */
final class NoisePart implements StudyPart {
    private static final long SEED = 1;
    private static final String CLEAN = "clean";

    /** What models are trained on. */
    private static final Map<String, NoteNoise> TRAINED = trained();

    /** What they are measured on. */
    private static final Map<String, NoteNoise> MEASURED = measured();

    private static Map<String, NoteNoise> trained() {
        Map<String, NoteNoise> noises = new LinkedHashMap<>();
        noises.put(CLEAN, NoteNoise.NONE);
        noises.put("all low", new NoteNoise(0.01, 4, 0.05, 0.05));
        noises.put("all middle", new NoteNoise(0.03, 12, 0.15, 0.15));
        noises.put("all high", new NoteNoise(0.1, 36, 0.3, 0.3));
        return noises;
    }

    private static Map<String, NoteNoise> measured() {
        Map<String, NoteNoise> noises = new LinkedHashMap<>(trained());
        for (double jitter : new double[] {0.01, 0.03, 0.1}) {
            noises.put(String.format(Locale.ROOT, "onsets +- %.0f ms", 1000 * jitter), new NoteNoise(jitter, 0, 0, 0));
        }
        for (double velocity : new double[] {4, 12, 36}) {
            noises.put(String.format(Locale.ROOT, "velocities +- %.0f", velocity), new NoteNoise(0, velocity, 0, 0));
        }
        for (double share : new double[] {0.05, 0.15, 0.3}) {
            noises.put(String.format(Locale.ROOT, "%.0f %% dropped", 100 * share), new NoteNoise(0, 0, share, 0));
        }
        for (double share : new double[] {0.05, 0.15, 0.3}) {
            noises.put(String.format(Locale.ROOT, "%.0f %% added", 100 * share), new NoteNoise(0, 0, 0, share));
        }
        return noises;
    }

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String title() {
        return "Noise";
    }

    private static String name(String trainedOn) {
        return trainedOn.equals(CLEAN) ? ScalingPart.EVERYTHING : "noise-" + trainedOn.replace(' ', '-');
    }

    private static String key(PresetRuns preset, String trainedOn) {
        return "noise/" + preset.id() + "-" + trainedOn.replace(' ', '-');
    }

    @Override
    public void run(StudyContext context) throws IOException, CorpusFormatException {
        EncodedCorpus clean = Performances.part(
                context.data().performances(), 1, context.plan().validationPieces());
        // What is measured on needs no more than one training piece.
        EncodedCorpus held = Performances.part(clean, 1e-9, context.plan().validationPieces());
        Attempts attempts = new Attempts(context);
        for (PresetRuns preset : PresetRuns.values()) {
            for (Map.Entry<String, NoteNoise> noise : TRAINED.entrySet()) {
                attempts.add(() -> cell(context, preset, noise.getKey(), noise.getValue(), clean, held));
            }
        }
        attempts.end();
    }

    private static void cell(
            StudyContext context,
            PresetRuns preset,
            String trainedOn,
            NoteNoise noise,
            EncodedCorpus clean,
            EncodedCorpus held)
            throws IOException, CorpusFormatException {
        if (context.cells().read(key(preset, trainedOn)).isPresent()) {
            return;
        }
        if (trainedOn.equals(CLEAN)) {
            ScalingPart.everything(context, preset);
        } else {
            preset.trained(context, name(trainedOn), noise.on(clean, SEED));
        }
        context.cells().of(key(preset, trainedOn), () -> measure(context, preset, trainedOn, held));
    }

    private static ObjectNode measure(StudyContext context, PresetRuns preset, String trainedOn, EncodedCorpus held)
            throws IOException {
        Checkpoint model = preset.best(context, name(trainedOn));
        ObjectNode cell = new ObjectMapper().createObjectNode();
        for (Map.Entry<String, NoteNoise> noise : MEASURED.entrySet()) {
            context.checkpoint();
            cell.put(noise.getKey(), preset.loss(model, noise.getValue().on(held, SEED)));
        }
        return cell;
    }

    @Override
    public void write(StudyContext context) throws IOException {
        context.report()
                .paragraph(String.format(
                        Locale.ROOT,
                        "Onsets shifted and velocities changed by normal numbers of that deviation, notes left out, notes"
                                + " put in anywhere in the piece and its range; \"all low\" is 10 ms, 4, 5 %% and 5 %% at"
                                + " once, \"middle\" 30 ms, 12, 15 %% and 15 %%, \"high\" 100 ms, 36, 30 %% and 30 %%."
                                + " Columns: what the model was trained on, at equal updates; rows: what %d validation"
                                + " pieces were made into: windows of them for the MSE, their first %,d notes for the nats."
                                + " Seed 1. An MSE can fall under jitter: chords come apart into many short intervals, which"
                                + " are easier to predict.",
                        context.plan().validationPieces(),
                        PresetRuns.MOST_NOTES));
        for (PresetRuns preset : PresetRuns.values()) {
            List<String> header = new ArrayList<>(List.of("measured on"));
            List<ObjectNode> cells = new ArrayList<>();
            for (String trainedOn : TRAINED.keySet()) {
                Optional<ObjectNode> cell = context.cells().read(key(preset, trainedOn));
                if (cell.isPresent()) {
                    header.add(trainedOn);
                    cells.add(cell.get());
                }
            }
            context.report().heading(3, preset.title() + ": " + preset.lossName());
            if (cells.isEmpty()) {
                context.report().paragraph("Not done yet.");
                continue;
            }
            List<List<String>> rows = new ArrayList<>();
            for (String noise : MEASURED.keySet()) {
                List<String> row = new ArrayList<>(List.of(noise));
                cells.forEach(
                        cell -> row.add(Figures.of(preset == PresetRuns.PAPER ? "%.5f" : "%.3f", cell.path(noise))));
                rows.add(row);
            }
            context.report().table("noise-" + preset.id(), header, rows);
        }
    }
}
