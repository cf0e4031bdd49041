package dev.cadenza.generation;

import dev.cadenza.notematrix.NoteMatrix;
import dev.cadenza.notematrix.PerformerNotes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Plays a model: hears the prompt, then asks for one note after the other and tells the model what it played. All
 * variations of a request run as rows of one batch, on the caller's thread.
 *
 * <pre>{@code
 * Piece piece = Generator.generate(model, null, GenerationOptions.ofSeed(7), NoteListener.SILENT, Deadline.NONE);
 * MidiFiles.write(piece.complete(0), Path.of("piece.mid"));
 * }</pre>
 */
public final class Generator {
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;

    private final StepModel model;
    private final NoteListener listener;
    private final Deadline deadline;

    private Generator(StepModel model, NoteListener listener, Deadline deadline) {
        this.model = model;
        this.listener = listener;
        this.deadline = deadline;
    }

    /**
     * Makes the piece.
     *
     * @param prompt what to continue, if anything
     * @throws TimeoutException if the deadline passes first
     * @throws CancellationException if the listener says so
     */
    public static Piece generate(
            StepModel model,
            @Nullable Prompt prompt,
            GenerationOptions options,
            NoteListener listener,
            Deadline deadline)
            throws TimeoutException {
        NoteMatrix heard = heard(model, prompt);
        List<Variation> variations = new Generator(model, listener, deadline).play(heard, options);
        return new Piece(prompt, heard.size() == 0 ? 0 : heard.onsetTick(heard.size() - 1), variations);
    }

    /** The prompt as the model hears it: without what it cannot say. */
    private static NoteMatrix heard(StepModel model, @Nullable Prompt prompt) {
        int ticksPerSecond = model.ticksPerSecond();
        if (prompt == null) {
            return NoteMatrix.of(ticksPerSecond, new int[0]);
        }
        NoteMatrix whole = NoteMatrix.of(prompt.score(), ticksPerSecond);
        if (model.shape().classes().isEmpty()) {
            return whole;
        }
        NoteMatrix played = NoteMatrix.of(ticksPerSecond, PerformerNotes.of(whole.rows()));
        if (played.size() == 0) {
            throw new IllegalArgumentException(
                    "prompt: none of its " + whole.size() + " notes is on the piano's keys, 21..108");
        }
        return played;
    }

    private List<Variation> play(NoteMatrix heard, GenerationOptions options) throws TimeoutException {
        List<VariationStream> streams = new ArrayList<>();
        for (int variation = 0; variation < options.variations(); variation++) {
            streams.add(new VariationStream(variation, options, heard, model.shape()));
        }
        try (StepModel.State state = model.start(streams.size())) {
            hear(heard, streams.size(), state);
            step(streams, state);
        }
        return streams.stream().map(VariationStream::finish).toList();
    }

    /** Runs the prompt: every answer is forced to be the note that it really was. */
    private void hear(NoteMatrix heard, int rows, StepModel.State state) throws TimeoutException {
        int[] all = heard.rows();
        if (all.length > 0) {
            // How long ago its file began says nothing about the music.
            all[0] = Math.min(all[0], model.ticksPerSecond());
        }
        for (int from = 0; from < heard.size(); from += StepModel.MAX_STEPS) {
            if (deadline.passed()) {
                throw new TimeoutException("time ran out at note " + from + " of the prompt's " + heard.size());
            }
            int steps = Math.min(StepModel.MAX_STEPS, heard.size() - from);
            StepInput input = StepInput.blank(model.shape(), steps, rows);
            Arrays.fill(input.temperature(), 0);
            for (int step = 0; step < steps; step++) {
                for (int row = 0; row < rows; row++) {
                    int to = (step * rows + row) * ATTRIBUTES;
                    System.arraycopy(all, (from + step) * ATTRIBUTES, input.forced(), to, ATTRIBUTES);
                    if (from + step > 0) {
                        System.arraycopy(all, (from + step - 1) * ATTRIBUTES, input.note(), to, ATTRIBUTES);
                    }
                }
            }
            model.run(input, state);
        }
    }

    private void step(List<VariationStream> streams, StepModel.State state) throws TimeoutException {
        int rows = streams.size();
        StepInput input = StepInput.blank(model.shape(), 1, rows);
        while (!streams.stream().allMatch(VariationStream::done)) {
            if (deadline.passed()) {
                throw new TimeoutException(
                        "time ran out after " + streams.get(0).size() + " new notes");
            }
            for (int row = 0; row < rows; row++) {
                streams.get(row).prepare(row, input);
            }
            StepOutput output = model.run(input, state);
            int width = output.logp().length / rows;
            for (int row = 0; row < rows; row++) {
                VariationStream stream = streams.get(row);
                if (!stream.done()
                        && !stream.accept(
                                output.next(), row * ATTRIBUTES, sum(output.logp(), row * width, width), listener)) {
                    throw new CancellationException("cancelled after " + stream.size() + " new notes");
                }
            }
        }
    }

    private static double sum(float[] values, int offset, int count) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += values[i];
        }
        return sum;
    }
}
