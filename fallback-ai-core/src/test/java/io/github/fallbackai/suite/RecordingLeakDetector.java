// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;

/**
 * Netty's detector, which also remembers what it reports.
 *
 * @param <T> type of what may leak
 */
final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

	private static final Queue<String> reports = new ConcurrentLinkedQueue<>();

	private RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
	}

	/** Takes effect for classes of buffers that are not loaded yet. */
	static void install() {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
	}

	static List<String> takeReports() {
		List<String> taken = new ArrayList<>();
		String report = reports.poll();
		while (report != null) {
			taken.add(report);
			report = reports.poll();
		}
		return taken;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		super.reportTracedLeak(resourceType, records);
		reports.add(resourceType + records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		super.reportUntracedLeak(resourceType);
		reports.add(resourceType);
	}

	private static final class Factory extends ResourceLeakDetectorFactory {

		@Override
		@SuppressWarnings("deprecation")
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
				long maxActive) {
			return new RecordingLeakDetector<>(resource, samplingInterval);
		}

	}

}
