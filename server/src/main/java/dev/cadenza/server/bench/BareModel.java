package dev.cadenza.server.bench;

import dev.cadenza.generation.GenerationOptions;
import dev.cadenza.generation.Generator;
import dev.cadenza.generation.Length;
import dev.cadenza.generation.NoteListener;
import dev.cadenza.generation.Piece;
import dev.cadenza.generation.step.Deadline;
import dev.cadenza.generation.step.Player;
import dev.cadenza.generation.step.StepBatch;
import dev.cadenza.generation.step.StepInput;
import dev.cadenza.generation.step.StepModel;
import dev.cadenza.generation.step.StepOutput;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A model without a server around it. */
final class BareModel {
    private final StepModel model;
    private final Player player;

    BareModel(StepModel model, Player player) {
        this.model = model;
        this.player = player;
    }

    /** Nothing but the model's step: each answer is the next note, without noise, steering or guards. */
    Throughput steps(int streams, int notes) {
        List<StepInput> inputs = new ArrayList<>();
        List<StepModel.State> states = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            inputs.add(StepInput.blank(model.description().shape(), 1, 1));
            states.add(model.start(1));
        }
        try (StepBatch batch = model.batch(streams)) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long wall = System.nanoTime();
            for (int note = 0; note < notes; note++) {
                List<StepOutput> outputs = batch.run(inputs, states);
                for (int stream = 0; stream < streams; stream++) {
                    System.arraycopy(
                            outputs.get(stream).next(), 0, inputs.get(stream).note(), 0, StepModel.ATTRIBUTES);
                }
            }
            return new Throughput(
                    (long) streams * notes,
                    System.nanoTime() - wall,
                    ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu);
        } finally {
            states.forEach(StepModel.State::close);
        }
    }

    /** Whole pieces side by side, as a server plays them, without HTTP. */
    Throughput pieces(int streams, int notes) {
        long wall = System.nanoTime();
        List<CompletableFuture<Piece>> playing = new ArrayList<>();
        for (int stream = 0; stream < streams; stream++) {
            GenerationOptions options = GenerationOptions.ofSeed(stream).withLength(new Length.Notes(notes));
            playing.add(player.play(
                    Generator.task(player.description(), null, options, NoteListener.SILENT),
                    Deadline.NONE,
                    () -> true));
        }
        playing.forEach(CompletableFuture::join);
        return new Throughput((long) streams * notes, System.nanoTime() - wall, 0);
    }
}
