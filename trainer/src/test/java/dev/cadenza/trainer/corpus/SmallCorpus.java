package dev.cadenza.trainer.corpus;

import dev.cadenza.music.MidiFiles;
import dev.cadenza.music.Note;
import dev.cadenza.music.Score;
import dev.cadenza.music.TempoMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes folders of small pieces: seeded walks over a scale, so that there is something to learn. */
public final class SmallCorpus {
    private static final int[] SCALE = {0, 2, 4, 5, 7, 9, 11};

    private SmallCorpus() {}

    public static Path folder(Path folder, int pieces, int notes) throws IOException {
        Files.createDirectories(folder);
        for (int piece = 0; piece < pieces; piece++) {
            MidiFiles.write(score(piece, notes + piece % 7), folder.resolve("piece-%02d.mid".formatted(piece)));
        }
        return folder;
    }

    /** A folder in MAESTRO's layout; the piece's number modulo 5 gives its split: 3 validation, 4 test. */
    public static Path maestro(Path folder, int pieces, int notes) throws IOException {
        Path root = Files.createDirectories(folder.resolve("maestro-v9.9.9"));
        Files.createDirectories(root.resolve("2004"));
        List<String> lines = new ArrayList<>();
        lines.add("canonical_composer,canonical_title,split,year,midi_filename,audio_filename,duration");
        for (int piece = 0; piece < pieces; piece++) {
            String split = piece % 5 == 3 ? "validation" : piece % 5 == 4 ? "test" : "train";
            String file = "2004/piece-%02d.midi".formatted(piece);
            lines.add("\"Somebody, \"\"A\"\"\",\"Piece, No. " + piece + "\"," + split + ",2004," + file + ",x.wav,1.5");
            MidiFiles.write(score(piece, notes), root.resolve(file));
        }
        Files.write(root.resolve("maestro-v9.9.9.csv"), lines);
        return folder;
    }

    public static Path zip(Path folder, Path zip) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
                var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return zip;
    }

    static Score score(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Note> notes = new ArrayList<>();
        long tick = 100;
        int degree = random.nextInt(21);
        for (int i = 0; i < count; i++) {
            degree = Math.max(0, Math.min(34, degree + random.nextInt(5) - 2));
            int pitch = 36 + 12 * (degree / 7) + SCALE[degree % 7];
            notes.add(new Note(0, pitch, 40 + random.nextInt(50), tick, 60 + random.nextInt(100)));
            tick += 50 + 100 * random.nextInt(4);
        }
        return Score.of(TempoMap.constant(500, 500_000), notes);
    }
}
