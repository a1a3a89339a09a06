package io.github.fallbackai.client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A named pipe in place of a file: reading it hangs until the file is put back.
 */
final class HangingFile {

	private final Path path;

	private final Path pipe;

	private HangingFile(Path path, Path pipe) {
		this.path = path;
		this.pipe = pipe;
	}

	static HangingFile inPlaceOf(Path path) throws IOException, InterruptedException {
		Path pipe = path.resolveSibling("pipe");
		Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
		assumeThat(process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0).isTrue();
		Files.delete(path);
		Files.createLink(path, pipe);
		return new HangingFile(path, pipe);
	}

	/** Puts a file with another key back, and lets go of what hangs. */
	void putBack() throws IOException {
		Path file = Files.writeString(this.path.resolveSibling("file"), "sk-2");
		Files.move(file, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		// Opened for both, which does not wait for a reader.
		try (RandomAccessFile writer = new RandomAccessFile(this.pipe.toFile(), "rw")) {
			writer.write("sk-2".getBytes(StandardCharsets.UTF_8));
		}
	}

}
