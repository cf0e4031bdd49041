package dev.cadenza.trainer.corpus;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** MAESTRO's csv: which file belongs to which split. */
final class MaestroTable {
    private final String path;
    private final String folder;
    private final Map<String, Split> splits;

    private MaestroTable(String path, Map<String, Split> splits) {
        this.path = path;
        this.folder = path.substring(0, path.lastIndexOf('/') + 1);
        this.splits = splits;
    }

    static boolean isTable(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.startsWith("maestro-v") && file.endsWith(".csv");
    }

    static MaestroTable read(CorpusSource source, String path) throws IOException, CorpusFormatException {
        Map<String, Split> splits = new LinkedHashMap<>();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader =
                        new InputStreamReader(new ByteArrayInputStream(source.bytes(path)), StandardCharsets.UTF_8);
                CSVParser parser = format.parse(reader)) {
            for (CSVRecord row : parser) {
                splits.put(row.get("midi_filename"), Split.of(row.get("split")));
            }
        } catch (IllegalArgumentException e) {
            throw new CorpusFormatException(path + ", after row " + splits.size() + ": " + e.getMessage(), e);
        }
        return new MaestroTable(path, splits);
    }

    String path() {
        return path;
    }

    /** For example {@code maestro-v3.0.0}. */
    String name() {
        return path.substring(folder.length(), path.length() - ".csv".length());
    }

    @Nullable
    Split splitOf(String midiPath) {
        return midiPath.startsWith(folder) ? splits.get(midiPath.substring(folder.length())) : null;
    }

    List<String> missingFrom(List<String> midiPaths) {
        Set<String> there = new HashSet<>(midiPaths);
        List<String> missing = new ArrayList<>();
        for (String name : splits.keySet()) {
            if (!there.contains(folder + name)) {
                missing.add(folder + name);
            }
        }
        return missing;
    }
}
