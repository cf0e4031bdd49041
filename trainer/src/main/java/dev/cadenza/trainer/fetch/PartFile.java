package dev.cadenza.trainer.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cadenza.files.LockFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What has arrived of a file so far, in {@code <file>.part}, with the entity tag of its edition in {@code
 * <file>.part.etag}. Locked against a second download while open. Every failure here is a local one, such as a full
 * disk, and final.
 */
final class PartFile implements AutoCloseable {
    /** Strong tags only (a weak one does not promise the same bytes), and only what may stand in a header. */
    private static final String STRONG_TAG = "\"[!#-~]{0,500}\"";

    private final Path target;
    private final Path part;
    private final Path tagFile;
    private final FileChannel channel;

    private PartFile(Path target, Path part, Path tagFile, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.tagFile = tagFile;
        this.channel = channel;
    }

    /** Opens the part of {@code target}, empty if there was none; the folder is made if it is missing. */
    static PartFile open(Path target) throws FetchException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Path folder = target.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!LockFile.lock(channel, part)) {
                channel.close();
                throw new FetchException("another download is writing " + part);
            }
            channel.position(channel.size());
            return new PartFile(target, part, target.resolveSibling(part.getFileName() + ".etag"), channel);
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    Path path() {
        return part;
    }

    long size() throws FetchException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    /** The entity tag that {@link #restart} was given, quotes included. */
    Optional<String> tag() throws FetchException {
        try {
            String tag = Files.readString(tagFile, US_ASCII);
            return isStrong(tag) ? Optional.of(tag) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw localFailure(tagFile, e);
        }
    }

    /** Empties the part, which from now on belongs to the edition with this entity tag. */
    void restart(Optional<String> tag) throws FetchException {
        try {
            channel.truncate(0);
            channel.position(0);
            Optional<String> strong = tag.filter(PartFile::isStrong);
            if (strong.isPresent()) {
                Files.writeString(tagFile, strong.get(), US_ASCII);
            } else {
                Files.deleteIfExists(tagFile);
            }
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    void append(byte[] bytes, int length) throws FetchException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    String sha256() throws FetchException {
        try {
            return Sha256.of(channel);
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    /** Gives the part its real name, in one step. */
    void publish() throws FetchException {
        try {
            channel.force(true);
            channel.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(tagFile);
        } catch (IOException e) {
            throw localFailure(target, e);
        }
    }

    void discard() throws FetchException {
        try {
            channel.close();
            Files.deleteIfExists(part);
            Files.deleteIfExists(tagFile);
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    /** Keeps what has arrived for the next download; a part without a byte is removed. */
    @Override
    public void close() throws FetchException {
        if (channel.isOpen()) {
            if (size() == 0) {
                discard();
                return;
            }
            try {
                channel.close();
            } catch (IOException e) {
                throw localFailure(part, e);
            }
        }
    }

    static boolean isStrong(String tag) {
        return tag.matches(STRONG_TAG);
    }

    static FetchException localFailure(Path path, IOException e) {
        String why;
        if (e instanceof AccessDeniedException) {
            why = "permission denied";
        } else if (e instanceof FileAlreadyExistsException blocking) {
            why = blocking.getFile() + " is not a folder";
        } else if (e instanceof FileSystemException system && system.getReason() != null) {
            why = system.getReason();
        } else {
            why = String.valueOf(e.getMessage());
        }
        return new FetchException("cannot write " + path + ": " + why, e);
    }
}
