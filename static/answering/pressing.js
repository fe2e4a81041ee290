// A chosen button pressed again is chosen no more: radios alone would never let go.

export function letGo(root) {
  let armed = null;
  const arm = (target) => {
    const control = target.closest?.("label")?.control ?? target;
    armed = control?.type === "radio" && control.checked ? control : null;
  };
  root.addEventListener("pointerdown", (event) => arm(event.target));
  root.addEventListener("keydown", (event) => { if (event.key === " ") arm(event.target); });
  root.addEventListener("click", (event) => {
    if (event.target !== armed) return;
    armed = null;
    press(event.target, false);
  });
}

export function press(control, isOn = true) {
  if (control.checked === isOn || control.matches(":disabled")) return;
  control.checked = isOn;
  control.dispatchEvent(new Event("change", { bubbles: true }));
}
