// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.ApiKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A key in a file that is replaced from time to time, in place or, like in Kubernetes, by
 * changing a link. A call takes the last good key at once. Meanwhile a separate thread
 * looks at the file, at most once per second and one look at a time, because the file may
 * be on a mount that hangs. A call waits for a look, for a short time, only if there is
 * no key yet or if its key was refused. Safe for use by several threads.
 */
final class ApiKeyFile {

	private static final Logger logger = LoggerFactory.getLogger(ApiKeyFile.class);

	private static final long CHECK_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

	private static final int MAX_BYTES = 64 << 10;

	/** At most one thread for each file, and none when there is no call. */
	private static final Executor THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS,
			new SynchronousQueue<>(), ApiKeyFile::thread);

	private final Path file;

	private final LongSupplier nanoClock;

	private final AtomicReference<@Nullable Reading> latest = new AtomicReference<>();

	private final AtomicReference<@Nullable Mono<Void>> look = new AtomicReference<>();

	private final Source source;

	/** Why the last look found no key, {@code null} if it found one. */
	private volatile @Nullable String trouble;

	ApiKeyFile(Path file, LongSupplier nanoClock) {
		this(file, nanoClock, Source.BOUNDED);
	}

	ApiKeyFile(Path file, LongSupplier nanoClock, Source source) {
		this.file = file;
		this.nanoClock = nanoClock;
		this.source = source;
	}

	private static Thread thread(Runnable look) {
		Thread thread = new Thread(look, "fallback-ai-key-file");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * The present key.
	 * @return the key, or an error if the file never held one
	 */
	Mono<ApiKey> key() {
		return Mono.defer(() -> {
			Reading reading = this.latest.get();
			if (reading != null && !reading.refused()) {
				if (this.nanoClock.getAsLong() - reading.checkedAt() >= CHECK_INTERVAL_NANOS) {
					look().subscribe();
				}
				return Mono.just(reading.key());
			}
			return look().timeout(LONGEST_WAIT, Mono.empty()).then(Mono.fromCallable(this::lastGood));
		});
	}

	/** Makes the next look at the file read it, unless the key was replaced already. */
	void invalidate(ApiKey refused) {
		this.latest.updateAndGet((reading) -> (reading != null && reading.key().equals(refused))
				? new Reading(refused, Version.UNKNOWN, reading.checkedAt(), true) : reading);
	}

	private ApiKey lastGood() throws IOException {
		// Accepted here, so that later calls do not wait too if the look takes too long.
		Reading reading = this.latest.updateAndGet((last) -> (last != null) ? last.accepted() : null);
		if (reading == null) {
			String reason = this.trouble;
			throw new IOException("no key in file " + this.file + ": "
					+ ((reason != null) ? reason : "it cannot be read in " + LONGEST_WAIT.toSeconds() + " s"));
		}
		return reading.key();
	}

	/** A look at the file: the one that is being taken, or one that begins now. */
	private Mono<Void> look() {
		Sinks.Empty<Void> end = Sinks.empty();
		Mono<Void> other = this.look.compareAndExchange(null, end.asMono());
		return (other != null) ? other : Mono.create((sink) -> {
			end.asMono().subscribe((nothing) -> {
			}, sink::error, sink::success);
			THREADS.execute(() -> take(end));
		});
	}

	private void take(Sinks.Empty<Void> end) {
		try {
			Reading before;
			do {
				before = this.latest.get();
			}
			// A key that was refused meanwhile has to be read once more.
			while (!this.latest.compareAndSet(before, check(before)));
		}
		finally {
			this.look.set(null);
			end.tryEmitEmpty();
		}
	}

	private @Nullable Reading check(@Nullable Reading before) {
		try {
			Reading now = read(before);
			this.trouble = null;
			return now;
		}
		catch (IOException | IllegalArgumentException ex) {
			String reason = reason(ex);
			if (!reason.equals(this.trouble)) {
				this.trouble = reason;
				// Without the exception, which may quote a part of the file.
				logger.warn("There is no key in file {}: {}{}", this.file, reason,
						(before != null) ? "; going on with the key that it held before" : "");
			}
			return (before != null) ? new Reading(before.key(), before.version(), this.nanoClock.getAsLong(), false)
					: null;
		}
	}

	private Reading read(@Nullable Reading before) throws IOException {
		// Read before the content, so that a change in between is noticed next time.
		Version version = Version.of(this.file);
		ApiKey key = (before != null && before.version().equals(version)) ? before.key()
				: ApiKey.of(this.source.read(this.file));
		return new Reading(key, version, this.nanoClock.getAsLong(), false);
	}

	private static String reason(Exception error) {
		if (error instanceof NoSuchFileException) {
			return "it does not exist";
		}
		if (error instanceof UnusableFileException unusable) {
			return unusable.reason;
		}
		return (error instanceof IllegalArgumentException || error instanceof CharacterCodingException)
				? "it holds no key" : "it cannot be read";
	}

	/**
	 * Reads a file.
	 */
	interface Source {

		/** Reads no more than a key may have, however long the file says it is. */
		Source BOUNDED = (file) -> {
			try (InputStream content = Files.newInputStream(file)) {
				byte[] bytes = content.readNBytes(MAX_BYTES + 1);
				if (bytes.length > MAX_BYTES) {
					throw UnusableFileException.tooLong();
				}
				return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			}
		};

		String read(Path file) throws IOException;

	}

	/**
	 * A file of another kind than keys are in.
	 */
	private static final class UnusableFileException extends IOException {

		private static final long serialVersionUID = 1L;

		private final String reason;

		UnusableFileException(String reason) {
			this.reason = reason;
		}

		static UnusableFileException tooLong() {
			return new UnusableFileException("it is longer than " + (MAX_BYTES >> 10) + " KB");
		}

	}

	/**
	 * The content of the file at the last look, and whether the key was refused since
	 * then.
	 */
	private record Reading(ApiKey key, Version version, long checkedAt, boolean refused) {

		Reading accepted() {
			return this.refused ? new Reading(this.key, this.version, this.checkedAt, false) : this;
		}

	}

	/**
	 * What changes when the file does. Follows links.
	 */
	private record Version(FileTime modified, long size, @Nullable Object identity) {

		private static final Version UNKNOWN = new Version(FileTime.fromMillis(0), -1, null);

		private static Version of(Path file) throws IOException {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			if (!attributes.isRegularFile()) {
				// Reading a pipe may never end, and a device may have no end.
				throw new UnusableFileException("it is not a regular file");
			}
			if (attributes.size() > MAX_BYTES) {
				throw UnusableFileException.tooLong();
			}
			return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		}

	}

}
