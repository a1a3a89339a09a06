// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.function.BiConsumer;

import io.github.fallbackai.state.redis.RedisProcess;

/**
 * What can be wrong with Redis or the way to it.
 */
enum Fault {

	KILLED((redis, relay) -> redis.kill(), (redis, relay) -> redis.start()),

	SUSPENDED((redis, relay) -> redis.suspend(), (redis, relay) -> redis.resume()),

	UNREACHABLE((redis, relay) -> relay.swallow(), (redis, relay) -> relay.heal()),

	READ_ONLY((redis, relay) -> redis.command("REPLICAOF 127.0.0.1 1"),
			(redis, relay) -> redis.command("REPLICAOF NO ONE")),

	FULL((redis, relay) -> redis.command("CONFIG SET maxmemory 1"),
			(redis, relay) -> redis.command("CONFIG SET maxmemory 0")),

	/** A neighbour has a script that does not end. */
	BUSY((redis, relay) -> {
		redis.command("CONFIG SET lua-time-limit 100");
		redis.send("EVAL \"while true do end\" 0");
	}, (redis, relay) -> redis.command("SCRIPT KILL")),

	WITHOUT_REPLICAS((redis, relay) -> redis.command("CONFIG SET min-replicas-to-write 1"),
			(redis, relay) -> redis.command("CONFIG SET min-replicas-to-write 0")),

	/** The user may not run scripts any more. */
	FORBIDDEN((redis, relay) -> redis.command("ACL SETUSER default -evalsha -eval"),
			(redis, relay) -> redis.command("ACL SETUSER default +evalsha +eval"));

	private final BiConsumer<RedisProcess, Relay> strike;

	private final BiConsumer<RedisProcess, Relay> heal;

	Fault(BiConsumer<RedisProcess, Relay> strike, BiConsumer<RedisProcess, Relay> heal) {
		this.strike = strike;
		this.heal = heal;
	}

	void strike(RedisProcess redis, Relay relay) {
		this.strike.accept(redis, relay);
	}

	void heal(RedisProcess redis, Relay relay) {
		this.heal.accept(redis, relay);
	}

}
