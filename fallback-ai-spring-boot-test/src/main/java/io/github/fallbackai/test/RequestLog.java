// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * Remembers the latest requests. Thread-safe.
 */
final class RequestLog {

	private final int capacity;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition added = this.lock.newCondition();

	private final Deque<RecordedRequest> requests = new ArrayDeque<>();

	private int count;

	RequestLog(int capacity) {
		this.capacity = capacity;
	}

	RecordedRequest add(IntFunction<RecordedRequest> requestByIndex) {
		this.lock.lock();
		try {
			RecordedRequest request = requestByIndex.apply(this.count);
			this.count++;
			if (this.requests.size() == this.capacity) {
				this.requests.removeFirst();
			}
			this.requests.addLast(request);
			this.added.signalAll();
			return request;
		}
		finally {
			this.lock.unlock();
		}
	}

	List<RecordedRequest> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.requests);
		}
		finally {
			this.lock.unlock();
		}
	}

	int count() {
		this.lock.lock();
		try {
			return this.count;
		}
		finally {
			this.lock.unlock();
		}
	}

	void clear() {
		this.lock.lock();
		try {
			this.requests.clear();
			this.count = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

	List<RecordedRequest> await(int expected, Duration timeout) {
		this.lock.lock();
		try {
			long left = timeout.toNanos();
			while (this.count < expected) {
				if (left <= 0) {
					throw new AssertionError(
							"requests: " + this.count + " after " + timeout + " (expected: >= " + expected + ")");
				}
				left = this.added.awaitNanos(left);
			}
			return List.copyOf(this.requests);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted while waiting for request " + expected, ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
