// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.time.Duration;
import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class after which Netty reports a buffer that was not released. The
 * buffer may be an earlier class's: it is found when the garbage collector has been
 * there. Registered for all tests of the module.
 */
public class BufferLeakExtension implements BeforeAllCallback, AfterAllCallback {

	/** Collecting after every class would double the time that the small ones take. */
	private static final long BETWEEN_COLLECTIONS = Duration.ofSeconds(2).toNanos();

	private static final int FRAMES = 6;

	private static long collectedAt;

	static {
		RecordingLeakDetector.install();
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(LastCheck.class);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		verify(System.nanoTime() - collectedAt > BETWEEN_COLLECTIONS);
	}

	private static synchronized void verify(boolean collect) {
		if (collect) {
			System.gc();
			collectedAt = System.nanoTime();
		}
		// Leaks are looked for when the next buffer is allocated.
		ByteBufAllocator.DEFAULT.buffer(1).release();
		List<String> leaks = RecordingLeakDetector.takeReports();
		if (!leaks.isEmpty()) {
			throw new AssertionError("Buffers leaked: " + leaks.stream().map(BufferLeakExtension::brief).toList());
		}
	}

	/**
	 * The latest record first, each with the topmost frames: a report has hundreds of
	 * lines, and the log has them all.
	 */
	private static String brief(String report) {
		StringBuilder brief = new StringBuilder();
		int frames = 0;
		for (String line : report.lines().toList()) {
			frames = line.startsWith("\t") ? frames + 1 : 0;
			if (frames <= FRAMES) {
				brief.append(line).append('\n');
			}
		}
		return brief.toString();
	}

	/**
	 * Looks for what the last classes left behind.
	 */
	static final class LastCheck implements ExtensionContext.Store.CloseableResource {

		@Override
		public void close() {
			verify(true);
			verify(true);
		}

	}

}
