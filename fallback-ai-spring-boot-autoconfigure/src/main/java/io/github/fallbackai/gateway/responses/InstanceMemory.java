// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.Nanos;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Keeps responses in the memory of this instance. The oldest go when there are too many,
 * or when they are too large together. Safe for use by several threads.
 */
public final class InstanceMemory implements ResponseMemory {

	/** The part of the heap that responses take at most. */
	private static final int HEAP_PARTS = 16;

	private final Map<Key, Entry> entries = new LinkedHashMap<>();

	private final int most;

	private final long mostBytes;

	private final long nanos;

	/**
	 * The wall clock may be set, and then responses would stay for longer or go at once.
	 */
	private final LongSupplier nanoClock;

	private long bytes;

	InstanceMemory(ResponsesSettings settings, LongSupplier nanoClock) {
		this.most = settings.maxStored();
		this.mostBytes = Math.min(settings.maxStoredSize(), Runtime.getRuntime().maxMemory() / HEAP_PARTS);
		this.nanos = Nanos.of(settings.storedFor());
		this.nanoClock = nanoClock;
	}

	/** An empty memory. */
	public static InstanceMemory of(ResponsesSettings settings) {
		return new InstanceMemory(settings, System::nanoTime);
	}

	@Override
	public boolean keeps() {
		return this.most > 0;
	}

	@Override
	public void keep(String client, StoredResponse response) {
		Entry entry = new Entry(response, response.size(), this.nanoClock.getAsLong() + this.nanos);
		synchronized (this.entries) {
			take(new Key(client, response.id()));
			this.entries.put(new Key(client, response.id()), entry);
			this.bytes += entry.size();
			shrink();
		}
	}

	private void shrink() {
		long now = this.nanoClock.getAsLong();
		Iterator<Entry> oldest = this.entries.values().iterator();
		while (oldest.hasNext()) {
			Entry entry = oldest.next();
			boolean fits = this.entries.size() <= this.most && this.bytes <= this.mostBytes;
			if (fits && entry.end() - now > 0) {
				return;
			}
			oldest.remove();
			this.bytes -= entry.size();
		}
	}

	@Override
	public Mono<StoredResponse> find(String client, String id) {
		return Mono.fromSupplier(() -> {
			synchronized (this.entries) {
				shrink();
				Entry entry = this.entries.get(new Key(client, id));
				return (entry != null) ? entry.response() : null;
			}
		});
	}

	@Override
	public Mono<StoredResponse> remove(String client, String id) {
		return Mono.fromSupplier(() -> {
			synchronized (this.entries) {
				shrink();
				return take(new Key(client, id));
			}
		});
	}

	private @Nullable StoredResponse take(Key key) {
		Entry entry = this.entries.remove(key);
		if (entry == null) {
			return null;
		}
		this.bytes -= entry.size();
		return entry.response();
	}

	private record Key(String client, String id) {

	}

	private record Entry(StoredResponse response, long size, long end) {

	}

}
