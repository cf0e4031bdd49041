package dev.cadenza.trainer.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cache file of one corpus on one grid: magic, length of a JSON header, the header, padding to 16 bytes, then the
 * rows as little-endian int32 [notes, 4]. Written under another name and moved into place, so a file that is there is whole.
 */
final class CorpusCache {
    /** Raise it when the encoder gives other rows for the same file. */
    private static final int FORMAT = 2;

    private static final int MAGIC = 0x43444e5a;
    private static final int PREFIX_BYTES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Corpus corpus;
    private final int ticksPerSecond;
    private final Path path;

    CorpusCache(Path folder, Corpus corpus, int ticksPerSecond) {
        this.corpus = corpus;
        this.ticksPerSecond = ticksPerSecond;
        this.path = folder.resolve(corpus.sha256().substring(0, 16) + "-" + ticksPerSecond + "-v" + FORMAT + ".notes");
    }

    /** What is cached, or null when nothing usable is. */
    @Nullable
    EncodedCorpus load() throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < PREFIX_BYTES || size > Integer.MAX_VALUE) {
                return null;
            }
            ByteBuffer bytes =
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
            int headerBytes = bytes.getInt(4);
            if (bytes.getInt(0) != MAGIC || headerBytes < 0 || rowsOffset(headerBytes) > size) {
                return null;
            }
            byte[] header = new byte[headerBytes];
            bytes.get(PREFIX_BYTES, header);
            return parse(JSON.readTree(header), bytes, rowsOffset(headerBytes));
        }
    }

    private @Nullable EncodedCorpus parse(JsonNode header, ByteBuffer bytes, long rowsOffset) {
        if (!corpus.sha256().equals(header.path("corpus_sha256").asText())) {
            return null;
        }
        List<EncodedPiece> pieces = new ArrayList<>();
        long notes = 0;
        for (JsonNode piece : header.path("pieces")) {
            EncodedPiece read = new EncodedPiece(
                    piece.path("path").asText(),
                    Split.of(piece.path("split").asText()),
                    piece.path("first_row").asInt(),
                    piece.path("notes").asInt());
            pieces.add(read);
            notes += read.notes();
        }
        if (rowsOffset + notes * EncodedCorpus.COLUMNS * Integer.BYTES != bytes.capacity()) {
            return null;
        }
        return new EncodedCorpus(
                corpus,
                ticksPerSecond,
                pieces,
                texts(header.path("skipped")),
                texts(header.path("warned")),
                rows(bytes, rowsOffset));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    EncodedCorpus store(
            List<EncodedPiece> pieces, Map<String, String> skipped, Map<String, String> warned, List<int[]> encoded)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        header.put("corpus", corpus.name()).put("corpus_sha256", corpus.sha256());
        header.put("ticks_per_second", ticksPerSecond);
        ArrayNode list = header.putArray("pieces");
        for (EncodedPiece piece : pieces) {
            list.addObject()
                    .put("path", piece.path())
                    .put("split", piece.split().label())
                    .put("first_row", piece.firstRow())
                    .put("notes", piece.notes());
        }
        ObjectNode reasons = header.putObject("skipped");
        skipped.forEach(reasons::put);
        ObjectNode warnings = header.putObject("warned");
        warned.forEach(warnings::put);
        byte[] headerBytes = header.toString().getBytes(StandardCharsets.UTF_8);

        WholeFile.write(path, channel -> {
            ByteBuffer prefix =
                    ByteBuffer.allocate((int) rowsOffset(headerBytes.length)).order(ByteOrder.LITTLE_ENDIAN);
            prefix.putInt(MAGIC).putInt(headerBytes.length).put(headerBytes).rewind();
            writeFully(channel, prefix);
            for (int[] rows : encoded) {
                ByteBuffer block =
                        ByteBuffer.allocate(rows.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                block.asIntBuffer().put(rows);
                writeFully(channel, block);
            }
        });
        EncodedCorpus stored = load();
        if (stored == null) {
            throw new IOException(path + ": the encoded corpus is over 2 GiB or was changed while it was written");
        }
        return stored;
    }

    private static void writeFully(FileChannel channel, ByteBuffer block) throws IOException {
        while (block.hasRemaining()) {
            channel.write(block);
        }
    }

    private static long rowsOffset(int headerBytes) {
        return (PREFIX_BYTES + (long) headerBytes + 15) / 16 * 16;
    }

    /** On the heap: a mapped file is read again from the disk whenever the system takes its pages back. */
    private static int[] rows(ByteBuffer bytes, long offset) {
        int[] rows = new int[(int) ((bytes.capacity() - offset) / Integer.BYTES)];
        bytes.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .position((int) offset)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(rows);
        return rows;
    }
}
