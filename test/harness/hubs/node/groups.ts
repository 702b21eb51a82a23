import type { HubMessage } from "./hub-messages.ts";

/** A member of a group. Each member serialises a message in its own protocol. */
export interface GroupMember {
  send(message: HubMessage): unknown;
}

/** The groups of one hub. Membership ends with the connection: a client that reconnects must join again. */
export class Groups {
  readonly #groups = new Map<string, Set<GroupMember>>();

  join(group: string, member: GroupMember): void {
    const members = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, members.add(member));
  }

  leave(group: string, member: GroupMember): void {
    const members = this.#groups.get(group);
    members?.delete(member);
    if (members?.size === 0) this.#groups.delete(group);
  }

  leaveAll(member: GroupMember): void {
    for (const group of [...this.#groups.keys()]) this.leave(group, member);
  }

  send(group: string, message: HubMessage): void {
    for (const member of this.#groups.get(group) ?? []) member.send(message);
  }
}
