package dev.cadenza.generation;

import dev.cadenza.generation.step.GivenNotes;
import dev.cadenza.generation.step.ModelDescription;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import dev.cadenza.generation.step.StepShape;
import dev.cadenza.generation.step.StepTask;
import dev.cadenza.notematrix.NoteMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Reads the prompt once, in chunks, then asks for one note after the other; every variation is a row. */
final class GenerationTask implements StepTask<Piece> {
    private static final int ATTRIBUTES = StepModel.ATTRIBUTES;

    private final @Nullable Prompt prompt;
    private final PromptEnd promptEnd;
    private final NoteMatrix heard;
    private final int[] told;
    private final StepShape shape;
    private final NoteListener listener;
    private final List<VariationStream> streams = new ArrayList<>();
    private final StepInput step;
    /** How many notes of the prompt the model has read. */
    private int hearing;

    private boolean playing;

    /** @param heard the prompt as the model reads it: without what its encoding lacks */
    GenerationTask(
            ModelDescription model,
            @Nullable Prompt prompt,
            NoteMatrix heard,
            GenerationOptions options,
            NoteListener listener) {
        this.prompt = prompt;
        promptEnd = PromptEnd.of(prompt, heard);
        this.heard = heard;
        this.shape = model.shape();
        this.listener = listener;
        told = heard.rows();
        if (told.length > 0) {
            // How long ago its file began says nothing about the music.
            told[0] = Math.min(told[0], model.ticksPerSecond());
        }
        for (int variation = 0; variation < options.variations(); variation++) {
            streams.add(new VariationStream(variation, options, heard, promptEnd, shape));
        }
        step = StepInput.blank(shape, 1, streams.size());
    }

    @Override
    public int rows() {
        return streams.size();
    }

    @Override
    public Optional<StepInput> next() {
        if (hearing < heard.size()) {
            return Optional.of(chunk());
        }
        playing = true;
        if (streams.stream().allMatch(VariationStream::done)) {
            return Optional.empty();
        }
        for (int row = 0; row < streams.size(); row++) {
            streams.get(row).prepare(row, step);
        }
        return Optional.of(step);
    }

    /** The next notes of the prompt: every answer is forced to be the note that it really was. */
    private StepInput chunk() {
        int steps = Math.min(StepModel.MAX_STEPS, heard.size() - hearing);
        StepInput input = StepInput.blank(shape, steps, 1);
        Arrays.fill(input.temperature(), 0);
        GivenNotes.fill(input, told, hearing);
        hearing += steps;
        return input;
    }

    @Override
    public void take(StepOutput output) {
        if (!playing) {
            return;
        }
        int width = output.logp().length / streams.size();
        for (int row = 0; row < streams.size(); row++) {
            VariationStream stream = streams.get(row);
            if (!stream.done()
                    && !stream.accept(
                            output.next(), row * ATTRIBUTES, sum(output.logp(), row * width, width), listener)) {
                throw new CancellationException("cancelled " + progress());
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

    @Override
    public Piece result() {
        return new Piece(
                prompt,
                promptEnd.onset(),
                streams.stream().map(VariationStream::finish).toList());
    }

    @Override
    public String progress() {
        return playing
                ? "after " + streams.get(0).size() + " new notes"
                : "at note " + hearing + " of the prompt's " + heard.size();
    }
}
