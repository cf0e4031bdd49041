package dev.cadenza.exporter.kind.performer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cadenza.engine.StepEngine;
import dev.cadenza.engine.StepListener;
import dev.cadenza.exporter.graph.WeightFormat;
import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.Prompt;
import dev.cadenza.generation.ScoredPiece;
import dev.cadenza.generation.Scoring;
import dev.cadenza.generation.Variation;
import dev.cadenza.generation.steering.Guards;
import dev.cadenza.generation.steering.Steering;
import dev.cadenza.generation.steering.Tonality;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerEncoding;
import dev.cadenza.onnx.GraphSession;
import dev.cadenza.onnx.PerformerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A graph of random weights, played. */
class PerformerPlayingTest {
    private static final PerformerEncoding ENCODING = PerformerEncoding.STANDARD;
    private static final int HIDDEN = 16;

    private final GraphSession graph;
    private final StepModel model;

    PerformerPlayingTest() throws Exception {
        PerformerWeights weights = RandomPerformers.weights(HIDDEN, 8, 31);
        graph = GraphSession.open(PerformerGraph.write(
                weights,
                PerformerExport.signature(weights),
                WeightFormat.FP32,
                ENCODING,
                "test",
                Map.of("cadenza.kind", "performer")));
        model = PerformerKind.model(graph, PerformerKind.signature(HIDDEN, true), ENCODING, true);
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private static List<Variation> play(StepModel model, @Nullable Prompt prompt, GenerationOptions options)
            throws Exception {
        return Generator.generate(Player.onCallersThread(model), prompt, options, NoteListener.SILENT, Deadline.NONE)
                .variations();
    }

    private static Prompt prompt() {
        List<Note> notes = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            notes.add(new Note(0, 40 + i * 7 % 45, 30 + i, 300 + 60L * (i / 2), 50 + 11L * i));
        }
        return new Prompt(Score.of(TempoMap.constant(500, 500_000), notes));
    }

    @Test
    void variationsAreWhatTheyAreAloneOrRowByRow() throws Exception {
        GenerationOptions options = GenerationOptions.ofSeed(40).withLength(new Length.Notes(80));
        List<Variation> together = play(model, prompt(), options.withVariations(5));
        StepModel rowwise = PerformerKind.model(graph, PerformerKind.signature(HIDDEN, true), ENCODING, false);
        assertThat(play(rowwise, prompt(), options.withVariations(5))).isEqualTo(together);
        for (int variation = 0; variation < 5; variation++) {
            GenerationOptions alone = GenerationOptions.ofSeed(40 + variation).withLength(new Length.Notes(80));
            assertThat(play(model, prompt(), alone).get(0)).isEqualTo(together.get(variation));
        }
    }

    @Test
    void anEnginePlaysACrowdAsEachWouldBePlayedAlone() throws Exception {
        List<CompletableFuture<Piece>> crowd = new ArrayList<>();
        try (StepEngine engine = new StepEngine("crowd", model, 16, StepListener.NONE)) {
            for (int i = 0; i < 24; i++) {
                StepTask<Piece> task = Generator.task(
                        engine.description(), i % 4 == 0 ? prompt() : null, crowdOptions(i), NoteListener.SILENT);
                crowd.add(engine.play(task, Deadline.NONE, () -> true));
            }
            for (int i = 0; i < crowd.size(); i++) {
                assertThat(crowd.get(i).get().variations())
                        .isEqualTo(play(model, i % 4 == 0 ? prompt() : null, crowdOptions(i)));
            }
        }
    }

    private static GenerationOptions crowdOptions(int i) {
        return GenerationOptions.ofSeed(900 + i)
                .withLength(new Length.Notes(20 + 3 * i))
                .withVariations(1 + i % 3);
    }

    @Test
    void theLikelihoodOfWhatWasPlayedIsThatOfTheScore() throws Exception {
        Steering free = Steering.NONE.withGuards(Guards.OFF);
        Variation played = play(
                        model,
                        null,
                        GenerationOptions.ofSeed(3)
                                .withLength(new Length.Notes(150))
                                .withSteering(free))
                .get(0);
        ScoredPiece scored = Scoring.score(Player.onCallersThread(model), played.notes(), Deadline.NONE);
        // In chunks and all given, or note by note.
        assertThat(-scored.nll() * 150).isCloseTo(played.logp(), within(1e-2));
    }

    @Test
    void aModelFollowsTheKeysByWhatItIsTold() {
        StepInput input = StepInput.blank(model.description().shape(), 1, 1);
        input.temperature()[0] = 0;
        int keys = ENCODING.intervals().count();
        try (StepModel.State state = model.start(1)) {
            input.bias()[keys + 39] = 1e4f;
            input.bias()[0] = 1e4f;
            assertThat(model.run(input, state).next()).startsWith(0, 60);
            // After another key, the model may strike that one.
            System.arraycopy(new int[] {0, 50, 64, 2000}, 0, input.note(), 0, 4);
            assertThat(model.run(input, state).next()).startsWith(0, 60);
            System.arraycopy(new int[] {0, 60, 64, 2000}, 0, input.note(), 0, 4);
            int[] next = model.run(input, state).next();
            assertThat(next[1]).isNotEqualTo(60);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void strictlyInAnOctaveAndAKey(long seed) throws Exception {
        Tonality key = new Tonality((int) seed, seed % 2 == 0);
        Steering steering = Steering.NONE.withKey(key, true).withPitches(new Steering.Range(60, 71));
        NoteMatrix notes = play(
                        model,
                        seed > 3 ? prompt() : null,
                        GenerationOptions.ofSeed(seed)
                                .withLength(new Length.Notes(150))
                                .withTemperature(1.6)
                                .withSteering(steering))
                .get(0)
                .notes();
        long[] ends = new long[128];
        for (int note = 0; note < notes.size(); note++) {
            long onset = notes.onsetTick(note);
            assertThat(key.contains(notes.pitch(note))).isTrue();
            assertThat(notes.pitch(note)).isBetween(60, 71);
            assertThat(ends[notes.pitch(note)]).isLessThanOrEqualTo(onset);
            ends[notes.pitch(note)] = onset + notes.duration(note);
        }
    }
}
