package dev.cadenza.trainer.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The exporter, started as a program of its own: it is the only place where DL4J and ONNX Runtime meet, and what plays is
 * the graph.
 *
 * @param program the exporter's launcher
 */
public record ExporterLauncher(Path program) {
    private static final long LONGEST_MINUTES = 60;
    private static final int ERROR_LINES = 3;

    /**
     * Runs it to its end.
     *
     * @return what it printed on standard output
     * @throws IOException when it cannot be started, fails or takes an hour; with its last lines
     */
    public String run(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("exporter", ".txt");
        Path errors = Files.createTempFile("exporter", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            if (!ended || process.exitValue() != 0) {
                List<String> lines = text(errors).lines().toList();
                List<String> last = lines.subList(Math.max(0, lines.size() - ERROR_LINES), lines.size());
                throw new IOException("exporter " + arguments.get(0) + " failed: " + String.join(" / ", last));
            }
            return text(output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the exporter was at work", e);
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /**
     * Lets a model play from silence.
     *
     * @param what {@code --checkpoint FILE} or {@code --model FOLDER}
     * @param seed of the first piece
     * @param to the folder for its MIDI files; those that are there are removed
     * @throws IOException when it fails, or there are not so many files
     */
    public void play(List<String> what, int pieces, int notes, long seed, Path to) throws IOException {
        if (Files.isDirectory(to)) {
            // Pieces of an earlier call would be taken for those of this one.
            for (Path earlier : midi(to)) {
                Files.delete(earlier);
            }
        }
        List<String> arguments = new ArrayList<>(List.of("play"));
        arguments.addAll(what);
        arguments.addAll(List.of(
                "--pieces", Integer.toString(pieces),
                "--notes", Integer.toString(notes),
                "--seed", Long.toString(seed),
                "--out", to.toString()));
        run(arguments);
        int played = Files.isDirectory(to) ? midi(to).size() : 0;
        if (played != pieces) {
            throw new IOException(program + " played " + played + " pieces of " + pieces + ": is it the exporter?");
        }
    }

    private static List<Path> midi(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".mid")).toList();
        }
    }
}
